// What a webhook was sent, and is to be sent.
import { query } from '@constellation/platform/database.ts'
import { type Page, pageOf, readCursor, rowsFor } from '@constellation/platform/pages.ts'
import * as v from 'valibot'
import type { Context } from '../context.ts'
import type { WebhookRow } from './webhooks.ts'

/** `WebhookDelivery` in `schema/jobs.graphql` says what each is. */
export interface DeliveryRow {
  id: string
  eventType: string
  createdAt: Date
  attempts: number
  lastAt: Date | null
  nextAt: Date | null
  deliveredAt: Date | null
  lastStatus: number | null
  lastError: string | null
}

const MOST = 200
/** After every id that a delivery can have. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const cursor = v.tuple([v.pipe(v.string(), v.uuid())])

/** One page of at most `first` deliveries, newest first. @throws ConstellationError BAD_USER_INPUT */
export async function listDeliveries(
  { pool }: Context,
  { id }: WebhookRow,
  first: number,
  after: string | null | undefined,
): Promise<Page<DeliveryRow>> {
  const rows = rowsFor(first, MOST)
  const [before] = after == null ? [LAST_ID] : readCursor(cursor, after)
  const found = await query<DeliveryRow>(
    pool,
    'list-deliveries',
    `SELECT id, event_type AS "eventType", created_at AS "createdAt", attempts, last_at AS "lastAt", next_at AS "nextAt",
       delivered_at AS "deliveredAt", last_status AS "lastStatus", last_error AS "lastError"
     FROM webhook_deliveries WHERE webhook_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3`,
    [id, before, rows],
  )
  return pageOf(found, first, (delivery) => [delivery.id])
}
