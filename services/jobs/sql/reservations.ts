// The statements on reservations: GPUs of one worker that are kept for a job until it has enough of them.
import { query } from '@constellation/platform/database.ts'
import type { Pool, PoolClient } from 'pg'

/** `inMs` is when there will be enough, in milliseconds from now; infinite where nobody knows. */
interface KeptFor {
  jobId: string
  inMs: number
}

/** Keeps this worker's GPUs for that job, and for no other; for nobody where it is null. */
export async function keepGpus(client: Pool | PoolClient, workerId: string, kept: KeptFor | null): Promise<void> {
  await query(
    client,
    'keep-for-no-other',
    'DELETE FROM reservations WHERE worker_id = $1 AND job_id IS DISTINCT FROM $2',
    [workerId, kept?.jobId ?? null],
  )
  if (kept === null) return
  await query(
    client,
    'keep-gpus',
    `INSERT INTO reservations (job_id, worker_id, ready_at) VALUES ($1, $2, now() + $3 * interval '1 ms')
     ON CONFLICT (job_id) DO UPDATE SET worker_id = $2, ready_at = excluded.ready_at, renewed_at = now()`,
    [kept.jobId, workerId, Number.isFinite(kept.inMs) ? kept.inMs : null],
  )
}
