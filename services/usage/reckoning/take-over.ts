// What the log cannot tell is taken over as it stands: runs whose job was removed with its history, and ends that an
// administrator has corrected.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import type { Pool } from 'pg'
import { correctSlices } from '../ledger/correct-slices.ts'
import { enterSlices } from '../ledger/enter-slices.ts'

const BATCH = 1_000

/** Returns how many runs were taken over because their events are gone. */
export async function takeOver(scratch: Pool): Promise<number> {
  const forgotten = await takeOverForgotten(scratch)
  await inBatches(scratch, forgotten, enterSlices)
  await inBatches(scratch, await correctEnds(scratch), correctSlices)
  return forgotten.length
}

/** Runs that have come by an event, and the log does not know any more. */
async function takeOverForgotten(scratch: Pool): Promise<string[]> {
  const runs = await query<{ id: string }>(
    scratch,
    null,
    `INSERT INTO runs SELECT s.* FROM stood_runs s
     WHERE EXISTS (SELECT FROM stood_events e WHERE e.run_id = s.run_id)
       AND NOT EXISTS (SELECT FROM jobs.jobs j WHERE j.id = s.job_id)
     ON CONFLICT DO NOTHING RETURNING run_id AS id`,
  )
  const ids = runs.map(({ id }) => id)
  const insertGpus = 'INSERT INTO run_gpus SELECT * FROM stood_run_gpus WHERE run_id = ANY ($1) ON CONFLICT DO NOTHING'
  await query(scratch, null, insertGpus, [ids])
  return ids
}

async function correctEnds(scratch: Pool): Promise<string[]> {
  const corrected = await query<{ id: string }>(
    scratch,
    null,
    `UPDATE runs r SET finished_at = c.finished_at
     FROM (SELECT DISTINCT ON (run_id) run_id, finished_at FROM run_corrections ORDER BY run_id, id DESC) c
     WHERE c.run_id = r.run_id AND r.finished_at IS NOT NULL RETURNING r.run_id AS id`,
  )
  return corrected.map(({ id }) => id)
}

async function inBatches(scratch: Pool, ids: readonly string[], work: typeof enterSlices): Promise<void> {
  for (let at = 0; at < ids.length; at += BATCH) {
    await inTransaction(scratch, (client) => work(client, ids.slice(at, at + BATCH)))
  }
}
