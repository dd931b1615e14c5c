// The statements of deliveries: one for each event that a webhook wants to hear of.
import { query } from '@constellation/platform/database/database.ts'
import type { Pool } from 'pg'
import { WHY_ENDED } from './webhook-rights.ts'

/** A message that is to be sent now, and where. */
export interface DueDelivery {
  id: string
  webhookId: string
  url: string
  owner: string
  secret: Buffer
  payload: string
  attempts: number
  ageSeconds: number
}

/** An event, as much of it as decides who hears of it, with the text that is sent. */
export interface HookedEvent {
  id: string
  type: string
  ts: string
  account: string
  /** Null for what is nobody's job. */
  submittedBy: string | null
  payload: string
}

/** Stores a delivery for each webhook that wants one of the events. What is stored already stays. Returns how many are new. */
export async function storeDeliveries(pool: Pool, events: readonly HookedEvent[]): Promise<number> {
  const rows = await query(
    pool,
    'store-deliveries',
    // A webhook hears of what happened since there is one.
    `INSERT INTO webhook_deliveries (webhook_id, event_id, event_type, payload)
     SELECT w.id, e.id, e.type, e.payload
     FROM jsonb_to_recordset($1) AS e (id text, type text, ts timestamptz, account text, "submittedBy" text, payload text)
     JOIN webhooks w ON w.disabled_at IS NULL AND ${WHY_ENDED} IS NULL AND e.ts >= w.created_at
       AND (w.event_types = '{}' AND e.type LIKE 'job.%' OR e.type = ANY (w.event_types))
       AND CASE w.scope WHEN 'own' THEN e."submittedBy" = w.owner WHEN 'account' THEN e.account = w.account ELSE true END
     ON CONFLICT (webhook_id, event_id) DO NOTHING
     RETURNING 1`,
    [JSON.stringify(events)],
  )
  return rows.length
}

/**
 * Takes what is due, at most `each` of a webhook, for `leaseSeconds`: then another process may take it. Webhooks in
 * `busy` are left alone, so that one that is slow holds up no other.
 */
export function takeDue(
  pool: Pool,
  {
    busy,
    webhooks,
    each,
    leaseSeconds,
  }: { busy: readonly string[]; webhooks: number; each: number; leaseSeconds: number },
): Promise<DueDelivery[]> {
  return query<DueDelivery>(
    pool,
    'take-due-deliveries',
    `WITH hooks AS MATERIALIZED (
       SELECT w.id FROM webhooks w
       WHERE w.disabled_at IS NULL AND ${WHY_ENDED} IS NULL AND w.id <> ALL ($1)
         AND EXISTS (SELECT FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.next_at <= now())
       ORDER BY random() LIMIT $2
     ), due AS MATERIALIZED (
       SELECT d.id FROM hooks h CROSS JOIN LATERAL (
         SELECT id FROM webhook_deliveries WHERE webhook_id = h.id AND next_at <= now()
         ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED
       ) d
     )
     UPDATE webhook_deliveries d
     SET attempts = d.attempts + 1, last_at = now(), next_at = now() + make_interval(secs => $4)
     FROM due, webhooks w WHERE d.id = due.id AND w.id = d.webhook_id AND d.next_at IS NOT NULL
     RETURNING d.id, d.webhook_id AS "webhookId", w.url, w.owner, w.secret, d.payload, d.attempts,
       extract(epoch FROM now() - d.created_at)::double precision AS "ageSeconds"`,
    [busy, webhooks, each, leaseSeconds],
  )
}

/** The message has arrived, and with it the webhook works. */
export async function markDelivered(pool: Pool, { id, webhookId }: DueDelivery, status: number): Promise<void> {
  await query(
    pool,
    'mark-delivered',
    `WITH works AS (UPDATE webhooks SET failures = 0, failing_since = NULL WHERE id = $2 AND failures > 0)
     UPDATE webhook_deliveries SET delivered_at = now(), next_at = NULL, last_status = $3, last_error = NULL WHERE id = $1`,
    [id, webhookId, status],
  )
}

/** Counts a failed attempt of the webhook: how many there were in a row by now, and for how long. */
export async function countFailure(
  pool: Pool,
  webhookId: string,
): Promise<{ failures: number; failingSeconds: number } | undefined> {
  const [counted] = await query<{ failures: number; failingSeconds: number }>(
    pool,
    'count-webhook-failure',
    `UPDATE webhooks SET failures = failures + 1, failing_since = coalesce(failing_since, now()) WHERE id = $1
     RETURNING failures, extract(epoch FROM now() - failing_since)::double precision AS "failingSeconds"`,
    [webhookId],
  )
  return counted
}

/** What was wrong, and when it is tried again, in seconds; null for never. What was given up meanwhile stays so. */
export async function markFailed(
  pool: Pool,
  {
    id,
    status,
    error,
    retryInSeconds,
  }: { id: string; status: number | null; error: string; retryInSeconds: number | null },
): Promise<void> {
  await query(
    pool,
    'mark-delivery-failed',
    `UPDATE webhook_deliveries SET last_status = $2, last_error = $3,
       next_at = CASE WHEN next_at IS NOT NULL THEN now() + make_interval(secs => $4) END
     WHERE id = $1 AND delivered_at IS NULL`,
    [id, status, error, retryInSeconds],
  )
}

/** As if it had not been tried. What was given up meanwhile stays so. */
export async function releaseDelivery(pool: Pool, { id }: DueDelivery): Promise<void> {
  await query(
    pool,
    'release-delivery',
    `UPDATE webhook_deliveries SET attempts = attempts - 1, next_at = date_trunc('milliseconds', now())
     WHERE id = $1 AND delivered_at IS NULL AND next_at IS NOT NULL`,
    [id],
  )
}

/** Nothing more is sent to it, and what was to be sent is given up. */
export async function disableWebhook(pool: Pool, webhookId: string, why: string): Promise<void> {
  await query(
    pool,
    'disable-webhook',
    `WITH disabled AS (
       UPDATE webhooks SET disabled_at = now(), why_disabled = $2 WHERE id = $1 AND disabled_at IS NULL RETURNING id
     )
     UPDATE webhook_deliveries d SET next_at = NULL FROM disabled w WHERE d.webhook_id = w.id AND d.next_at IS NOT NULL`,
    [webhookId, why],
  )
}

/** Forgets what has come to its end and is older than `keptSeconds`, at most `most` of it; returns how much. */
export async function forgetDeliveries(pool: Pool, keptSeconds: number, most: number): Promise<number> {
  const rows = await query(
    pool,
    'forget-deliveries',
    `DELETE FROM webhook_deliveries WHERE ctid = ANY (ARRAY (
       SELECT ctid FROM webhook_deliveries
       WHERE next_at IS NULL AND created_at < now() - make_interval(secs => $1) LIMIT $2
     )) RETURNING 1`,
    [keptSeconds, most],
  )
  return rows.length
}
