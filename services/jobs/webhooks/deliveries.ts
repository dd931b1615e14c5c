// What webhooks were sent, and are to be sent: asked of many webhooks in one question.
import { query } from '@constellation/platform/database/database.ts'
import { type Page, pageOf, readCursor, rowsFor } from '@constellation/platform/pages.ts'
import DataLoader from 'dataloader'
import type { Pool } from 'pg'
import * as v from 'valibot'

/** `WebhookDelivery` in `schema/jobs.graphql` says what each is. */
export interface DeliveryRow {
  id: string
  webhookId: string
  eventType: string
  createdAt: Date
  attempts: number
  lastAt: Date | null
  nextAt: Date | null
  deliveredAt: Date | null
  lastStatus: number | null
  lastError: string | null
}

interface Asked {
  webhookId: string
  first: number
  /** Only deliveries with smaller ids, which are older. */
  before: string
}

export interface DeliveryLoaders {
  /** The newest deliveries of a webhook, one more than `first`. */
  deliveries: DataLoader<Asked, DeliveryRow[], string>
}

const MOST = 200
/** After every id that a delivery can have. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const cursor = v.tuple([v.pipe(v.string(), v.uuid())])

/** One page of at most `first` deliveries, newest first. @throws ConstellationError BAD_USER_INPUT */
export async function listDeliveries(
  { loaders }: { loaders: DeliveryLoaders },
  { id }: { id: string },
  first: number,
  after: string | null | undefined,
): Promise<Page<DeliveryRow>> {
  rowsFor(first, MOST)
  const [before] = after == null ? [LAST_ID] : readCursor(cursor, after)
  const found = await loaders.deliveries.load({ webhookId: id, first, before })
  return pageOf(found, first, (delivery) => [delivery.id])
}

export function deliveryLoaders(pool: Pool): DeliveryLoaders {
  const questionOf = ({ first, before }: Asked) => `${first} ${before}`
  const deliveries = new DataLoader<Asked, DeliveryRow[], string>(
    async (asked) => {
      const found = new Map<string, DeliveryRow[]>()
      for (const [question, alike] of Map.groupBy(asked, questionOf)) {
        const [one] = alike
        if (!one) continue
        const ids = alike.map(({ webhookId }) => webhookId)
        const rows = await newestDeliveries(pool, ids, one)
        for (const [id, of] of Map.groupBy(rows, ({ webhookId }) => webhookId)) found.set(`${id} ${question}`, of)
      }
      return asked.map((one) => found.get(`${one.webhookId} ${questionOf(one)}`) ?? [])
    },
    { cacheKeyFn: (one) => `${one.webhookId} ${questionOf(one)}` },
  )
  return { deliveries }
}

function newestDeliveries(pool: Pool, webhookIds: readonly string[], { first, before }: Asked): Promise<DeliveryRow[]> {
  return query<DeliveryRow>(
    pool,
    'newest-deliveries',
    `SELECT d.id, w.id AS "webhookId", d.event_type AS "eventType", d.created_at AS "createdAt", d.attempts,
       d.last_at AS "lastAt", d.next_at AS "nextAt", d.delivered_at AS "deliveredAt", d.last_status AS "lastStatus",
       d.last_error AS "lastError"
     FROM unnest($1::uuid[]) w (id) CROSS JOIN LATERAL (
       SELECT * FROM webhook_deliveries WHERE webhook_id = w.id AND id < $2 ORDER BY id DESC LIMIT $3
     ) d
     ORDER BY w.id, d.id DESC`,
    [webhookIds, before, first + 1],
  )
}
