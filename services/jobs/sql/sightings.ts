// Which workers are there: told in passing by those that claim, and by the leases of those that only renew.
import { query } from '@constellation/platform/database/database.ts'
import type { Pool, PoolClient } from 'pg'

/** A worker that was not heard of for this long is not counted on, in milliseconds. */
const ONLINE_MS = 30_000
/** A worker's claims are noted this often at most, in milliseconds: most claims write nothing more. */
const NOTE_EVERY_MS = 3_000

const noted = new WeakMap<Pool, Map<string, number>>()

/**
 * The worker asks for runs, and offers so many slots. Writes nothing where that was noted a moment ago. Never rejects:
 * what was claimed at the same time must reach its worker, and what could not be noted is noted by its next claim.
 */
export async function noteSighting(pool: Pool, workerId: string, freeSlots: number): Promise<void> {
  const times = noted.get(pool) ?? new Map<string, number>()
  noted.set(pool, times)
  const before = times.get(workerId)
  if (before !== undefined && performance.now() - before < NOTE_EVERY_MS) return
  times.set(workerId, performance.now())
  const writing = query(
    pool,
    'note-sighting',
    `INSERT INTO sightings AS s (worker_id, slots)
     SELECT $1, $2 + count(*)::integer FROM leases k JOIN lanes l ON l.id = k.lane_id WHERE k.worker_id = $1 AND l.gpu_count = 0
     ON CONFLICT (worker_id) DO UPDATE SET seen_at = now(), slots = excluded.slots`,
    [workerId, freeSlots],
  )
  await writing.catch(() => times.delete(workerId))
}

/** A worker that is there. */
export interface Sighting {
  workerId: string
  labels: Record<string, string>
  executors: string[]
  /** How many runs without a GPU it takes at a time. */
  slots: number
  /** Whether it takes runs. */
  inService: boolean
  /** In a sentence, why it does not. */
  whyNot: string | null
}

/** Those that were heard of lately, by name. `leaseMs` is what a renewed lease lasts. */
export async function workersOnline(client: PoolClient, leaseMs: number): Promise<Sighting[]> {
  return query<Sighting>(
    client,
    'workers-online',
    `SELECT n.worker_id AS "workerId", coalesce(w.labels, '{}') AS labels, coalesce(w.executors, '{process}') AS executors,
       coalesce(s.slots, 0) AS slots, coalesce(w.in_service, true) AS "inService", w.why_not AS "whyNot"
     FROM (SELECT worker_id FROM sightings WHERE seen_at > now() - $2 * interval '1 ms'
           UNION SELECT worker_id FROM leases WHERE until > now() + ($1 - $2) * interval '1 ms') n
     LEFT JOIN sightings s USING (worker_id) LEFT JOIN known_workers w USING (worker_id)
     ORDER BY n.worker_id`,
    [leaseMs, ONLINE_MS],
  )
}
