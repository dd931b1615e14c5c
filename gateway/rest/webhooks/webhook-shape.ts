// Webhooks, from the graph's shape to REST's and back.
import type {
  RestListDeliveriesQuery,
  RestWebhookFragment,
  SaveWebhookInput,
  WebhookScope,
} from '../generated/documents.ts'
import type { Shape } from '../operations.ts'

const SCOPES: Readonly<Record<WebhookScope, Shape['WebhookScope']>> = { OWN: 'own', ACCOUNT: 'account', ALL: 'all' }
const GRAPH_SCOPES: Readonly<Record<Shape['WebhookScope'], WebhookScope>> = {
  own: 'OWN',
  account: 'ACCOUNT',
  all: 'ALL',
}

export function toSaveWebhookInput(id: string | null, body: Shape['NewWebhook']): SaveWebhookInput {
  return {
    id,
    url: body.url,
    secret: body.secret ?? null,
    eventTypes: body.events ?? null,
    scope: body.scope ? GRAPH_SCOPES[body.scope] : null,
    account: body.account ?? null,
  }
}

export function toWebhook(webhook: RestWebhookFragment): Shape['Webhook'] {
  return {
    id: webhook.id,
    url: webhook.url,
    owner: webhook.owner,
    events: webhook.eventTypes,
    scope: SCOPES[webhook.scope],
    account: webhook.account,
    created_at: webhook.createdAt,
    failures: webhook.failures,
    failing_since: webhook.failingSince,
    disabled_at: webhook.disabledAt,
    why_disabled: webhook.whyDisabled,
  }
}

type Delivery = NonNullable<RestListDeliveriesQuery['webhook']>['deliveries']['nodes'][number]

export function toDelivery(delivery: Delivery): Shape['Delivery'] {
  return {
    id: delivery.id,
    event: delivery.eventType,
    created_at: delivery.createdAt,
    attempts: delivery.attempts,
    last_at: delivery.lastAt,
    next_at: delivery.nextAt,
    delivered_at: delivery.deliveredAt,
    last_status: delivery.lastStatus,
    last_error: delivery.lastError,
  }
}
