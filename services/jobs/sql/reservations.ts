// The statements on reservations: GPUs of one worker that are kept for a job until it has enough of them.
import { query } from '@constellation/platform/database.ts'
import type { PoolClient } from 'pg'
import type { Kept } from '../policy/choose.ts'

/** Keeps this worker's GPUs for that job, and for no other; for nobody where it is null. */
export async function keepGpus(client: PoolClient, workerId: string, kept: Kept | null): Promise<void> {
  if (kept === null) {
    await query(client, 'keep-for-nobody', 'DELETE FROM reservations WHERE worker_id = $1', [workerId])
    return
  }
  await query(
    client,
    'keep-gpus',
    `WITH others AS (DELETE FROM reservations WHERE worker_id = $1 AND job_id <> $2)
     INSERT INTO reservations AS r (job_id, worker_id, ready_at) VALUES ($2, $1, now() + $3 * interval '1 ms')
     ON CONFLICT (job_id) DO UPDATE SET worker_id = $1, ready_at = excluded.ready_at, renewed_at = now()`,
    [kept.jobId, workerId, Number.isFinite(kept.inMs) ? kept.inMs : null],
  )
}
