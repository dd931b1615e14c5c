// /webhooks: addresses that are told of what happens to jobs, and what they were sent.
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Graph } from '../../operations/graph.ts'
import {
  RestDeleteWebhookDocument,
  RestGetWebhookDocument,
  RestListDeliveriesDocument,
  RestListWebhooksDocument,
  RestSaveWebhookDocument,
} from '../generated/documents.ts'
import { dataOf, present } from '../graph-data.ts'
import { tellNextPage } from '../next-page.ts'
import type { Handlers, Shape } from '../operations.ts'
import { HttpProblem } from '../problem.ts'
import { toDelivery, toSaveWebhookInput, toWebhook } from './webhook-shape.ts'

type WebhookHandlers = Handlers<
  'listWebhooks' | 'addWebhook' | 'getWebhook' | 'replaceWebhook' | 'deleteWebhook' | 'listDeliveries'
>

export function webhookHandlers(graph: Graph): WebhookHandlers {
  async function save(id: string | null, body: Shape['NewWebhook'], principal: Principal): Promise<Shape['Webhook']> {
    const answer = await graph.execute(RestSaveWebhookDocument, { input: toSaveWebhookInput(id, body) }, principal)
    const { webhook, secret, problems } = dataOf(answer).saveWebhook
    if (problems.length > 0)
      throw new HttpProblem(422, 'Nothing was stored.', { problems: problems.map(toRestProblem) })
    return { ...toWebhook(present(webhook)), ...(secret !== null && { secret }) }
  }

  return {
    async listWebhooks({ principal }) {
      const webhooks = present(dataOf(await graph.execute(RestListWebhooksDocument, {}, principal)).webhooks)
      return { webhooks: webhooks.map(toWebhook) }
    },

    async addWebhook({ body, principal }, reply) {
      const webhook = await save(null, body, principal)
      return reply.code(201).header('location', `/webhooks/${webhook.id}`).send(webhook)
    },

    async getWebhook({ params: { id }, principal }) {
      const { webhook } = dataOf(await graph.execute(RestGetWebhookDocument, { id }, principal))
      if (!webhook) throw noSuchWebhook(id)
      return toWebhook(webhook)
    },

    replaceWebhook: ({ params: { id }, body, principal }) => save(id, body, principal),

    async deleteWebhook({ params: { id }, principal }, reply) {
      const { deleteWebhook: wasThere } = dataOf(await graph.execute(RestDeleteWebhookDocument, { id }, principal))
      if (!wasThere) throw noSuchWebhook(id)
      return reply.code(204).send()
    },

    async listDeliveries({ params: { id }, query, principal }, reply) {
      const page = { id, first: query.limit ?? null, after: query.cursor ?? null }
      const { webhook } = dataOf(await graph.execute(RestListDeliveriesDocument, page, principal))
      if (!webhook) throw noSuchWebhook(id)
      const { nodes, pageInfo } = webhook.deliveries
      return { deliveries: nodes.map(toDelivery), next_cursor: tellNextPage(reply, pageInfo) }
    },
  }
}

function noSuchWebhook(id: string): ConstellationError {
  return new ConstellationError('NOT_FOUND', `There is no webhook ${id}.`)
}

function toRestProblem({ path, message }: { path: string; message: string }) {
  return { path: path.replace(/^eventTypes/, 'events'), message }
}
