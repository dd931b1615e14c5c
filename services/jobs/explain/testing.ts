// For tests: what a waiting job is told, with workers that are there as a test says.
import type { Principal } from '@constellation/platform/identity.ts'
import { findAwaited } from '../sql/awaited.ts'
import { alice, type Bench, claim, gpu } from '../testing.ts'
import { explainJobs } from './explain.ts'
import { readQueue } from './queue-view.ts'
import { createViews } from './queue-views.ts'

export const gpus = (...numbers: number[]) => numbers.map((number) => gpu(number))

export function createExplaining(bench: Bench) {
  const sql = (text: string, values: unknown[] = []) => bench.database.pool.query(text, values)

  const sightings = new Map<string, { slots: number; secondsAgo: number }>()

  /** A worker that was heard of this long ago, and what it takes. */
  async function online(who: Principal, offered = gpus(1), slots = 0, secondsAgo = 0) {
    await claim(bench, who, offered, 0)
    sightings.set(who.id, { slots, secondsAgo })
  }

  /** Claims note the workers too, so this comes last. */
  async function noteSightings() {
    for (const [workerId, { slots, secondsAgo }] of sightings) {
      await sql(
        `INSERT INTO sightings (worker_id, seen_at, slots) VALUES ($1, now() - $3 * interval '1 s', $2)
         ON CONFLICT (worker_id) DO UPDATE SET seen_at = excluded.seen_at, slots = $2`,
        [workerId, slots, secondsAgo],
      )
    }
  }

  async function describeWorker(who: Principal, labels: Record<string, string>, executors = ['process']) {
    await sql('INSERT INTO known_workers (worker_id, labels, executors, heard) VALUES ($1, $2, $3, 1)', [
      who.id,
      JSON.stringify(labels),
      executors,
    ])
  }

  async function explainAll(ids: readonly string[], who = alice) {
    await noteSightings()
    const { pool } = bench.database
    const views = createViews((kind) => readQueue(pool, kind, 45_000))
    const fresh = { recent: views.fresh, fresh: views.fresh }
    return explainJobs(pool, fresh, (waiting) => findAwaited(pool, who, waiting), ids)
  }

  async function explained({ id }: { id: string }, who = alice) {
    const [place] = await explainAll([id], who)
    return place
  }

  /** That no worker has ever been heard of. */
  async function forget() {
    sightings.clear()
    await sql('TRUNCATE sightings, known_gpus, known_workers')
  }

  return { sql, online, noteSightings, describeWorker, explained, explainAll, forget }
}
