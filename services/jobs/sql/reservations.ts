// The statements on reservations: GPUs of one worker that are kept for a job until it has enough of them.
import { query } from '@constellation/platform/database/database.ts'
import type { Pool, PoolClient } from 'pg'
import { IN_SERVICE } from './worker-gpus.ts'

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

/** Forgets what these workers keep for jobs that all of what they have in service would not be enough for any more. */
export async function forgetHopeless(pool: Pool, workerIds: readonly string[]): Promise<void> {
  if (workerIds.length === 0) return
  await query(
    pool,
    'forget-hopeless',
    `DELETE FROM reservations r USING queue q, lanes l
     WHERE r.worker_id = ANY ($1) AND q.job_id = r.job_id AND l.id = q.lane_id AND l.gpu_count > (
       SELECT count(*) FROM known_gpus k WHERE k.worker_id = r.worker_id AND ${IN_SERVICE}
         AND k.memory_mb >= l.gpu_min_memory_mb AND k.compute_capability >= l.gpu_min_capability
         AND position(lower(l.gpu_model) IN lower(k.model)) > 0)`,
    [workerIds],
  )
}
