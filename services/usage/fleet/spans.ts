// From facts to spans of time: when each GPU was there, and whether it could be held.
import { query } from '@constellation/platform/database/database.ts'
import type { Pool } from 'pg'

/** `[from, to)`, in milliseconds. */
export interface Span {
  gpuId: string
  model: string
  workerId: string
  from: number
  to: number
  usable: boolean
}

/** A GPU that its worker has not found for so long is no capacity any more, not even one that is down. */
const GONE_AFTER = `interval '7 days'`

/** The spans of all GPUs within a range; what goes on lasts until now. */
export async function spansWithin(pool: Pool, range: { from: number; to: number }): Promise<Span[]> {
  const rows = await query<Omit<Span, 'from' | 'to'> & { from: Date; to: Date }>(
    pool,
    'gpu-spans',
    `WITH gpu AS (
       SELECT gpu_id, model, worker_id, present, usable, at,
         coalesce(lead(at) OVER (PARTITION BY gpu_id ORDER BY event), now()) AS until_at
       FROM gpu_facts
     ), worker AS (
       SELECT worker_id, usable, at, coalesce(lead(at) OVER (PARTITION BY worker_id ORDER BY event), now()) AS until_at
       FROM worker_facts
     ), there AS (
       SELECT gpu_id, model, worker_id, present AND usable AS usable,
         at, CASE WHEN present THEN until_at ELSE least(until_at, at + ${GONE_AFTER}) END AS until_at
       FROM gpu
     ), cut AS (
       -- A worker of which nothing was heard yet says nothing against its GPUs.
       SELECT g.gpu_id, g.model, g.worker_id, g.usable AND coalesce(w.usable, true) AS usable,
         greatest(g.at, w.at, $1) AS from_at, least(g.until_at, w.until_at, $2) AS to_at
       FROM there g LEFT JOIN worker w ON w.worker_id = g.worker_id AND w.at < g.until_at AND w.until_at > g.at
       UNION ALL
       SELECT g.gpu_id, g.model, g.worker_id, g.usable, greatest(g.at, $1), least(g.until_at, f.at, $2)
       FROM there g JOIN (SELECT worker_id, min(at) AS at FROM worker_facts GROUP BY 1) f ON f.worker_id = g.worker_id
       WHERE g.at < f.at
     )
     SELECT gpu_id AS "gpuId", model, worker_id AS "workerId", from_at AS "from", to_at AS "to", usable
     FROM cut WHERE to_at > from_at ORDER BY gpu_id, from_at`,
    [new Date(range.from), new Date(range.to)],
  )
  return joined(rows.map((row) => ({ ...row, from: row.from.getTime(), to: row.to.getTime() })))
}

/** Of a GPU's spans, one after the other, those that say the same as one: each time that a worker starts it tells all anew. */
function joined(spans: readonly Span[]): Span[] {
  const all: Span[] = []
  for (const span of spans) {
    const last = all.at(-1)
    if (last && last.to === span.from && sayOf(last) === sayOf(span)) last.to = span.to
    else all.push({ ...span })
  }
  return all
}

function sayOf({ gpuId, model, workerId, usable }: Span): string {
  return JSON.stringify([gpuId, model, workerId, usable])
}
