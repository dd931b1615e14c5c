// The graph's fields about webhooks, each one call into the domain.
import type { Resolvers, WebhookScope } from '../generated/resolvers.ts'
import { listDeliveries } from './deliveries.ts'
import type { Scope } from './read-input.ts'
import { deleteWebhook, findWebhook, listWebhooks, saveWebhook } from './webhooks.ts'

const SCOPES: Readonly<Record<Scope, WebhookScope>> = { own: 'OWN', account: 'ACCOUNT', all: 'ALL' }

export const webhookQueries: NonNullable<Resolvers['Query']> = {
  webhooks: (_, __, context) => listWebhooks(context),
  webhook: (_, { id }, context) => findWebhook(context, id),
}

export const webhookMutations: NonNullable<Resolvers['Mutation']> = {
  saveWebhook: async (_, { input }, context) => {
    const result = await saveWebhook(context, input)
    return 'webhook' in result ? { ...result, problems: [] } : { webhook: null, secret: null, ...result }
  },
  deleteWebhook: (_, { id }, context) => deleteWebhook(context, id),
}

export const webhookFields: NonNullable<Resolvers['Webhook']> = {
  scope: ({ scope }) => SCOPES[scope],
  createdAt: ({ createdAt }) => createdAt.toISOString(),
  failingSince: ({ failingSince }) => failingSince?.toISOString() ?? null,
  disabledAt: ({ disabledAt }) => disabledAt?.toISOString() ?? null,
  deliveries: (webhook, { first, after }, context) => listDeliveries(context, webhook, first ?? 50, after),
}

export const deliveryFields: NonNullable<Resolvers['WebhookDelivery']> = {
  createdAt: ({ createdAt }) => createdAt.toISOString(),
  lastAt: ({ lastAt }) => lastAt?.toISOString() ?? null,
  nextAt: ({ nextAt }) => nextAt?.toISOString() ?? null,
  deliveredAt: ({ deliveredAt }) => deliveredAt?.toISOString() ?? null,
}
