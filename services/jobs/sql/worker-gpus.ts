// What a worker has, as the events of the gpus service tell, and what of it is free.
import { query } from '@constellation/platform/database/database.ts'
import type { Pool, PoolClient } from 'pg'
import type { WorkerGpu } from '../policy/requests.ts'

/** A GPU as it is known here, whatever its worker says. */
export interface KnownGpu extends WorkerGpu {
  uuid: string
  simulated: boolean
}

interface GpuRow extends Omit<KnownGpu, 'freeInMs'> {
  free: boolean
  endsInMs: number | null
}

/** True of a GPU that takes runs, its worker included; as SQL, where `k` is its row of `known_gpus`. */
export const IN_SERVICE = `k.present AND k.in_service
  AND NOT EXISTS (SELECT FROM known_workers w WHERE w.worker_id = k.worker_id AND NOT w.in_service)`

/** Those of the worker's GPUs that take runs. Free are those that it offers and that no live run holds: its view may be older than ours. */
export async function gpusOfWorker(
  client: Pool | PoolClient,
  workerId: string,
  offered: readonly string[],
): Promise<KnownGpu[]> {
  const rows = await query<GpuRow>(
    client,
    'gpus-of-worker',
    `SELECT k.gpu_id AS id, k.gpu_uuid AS uuid, k.model, k.memory_mb AS "memoryMb", k.simulated,
       k.compute_capability AS capability, k.gpu_id = ANY ($2) AND g.gpu_id IS NULL AS free,
       (extract(epoch FROM l.limit_at - now()) * 1000)::double precision AS "endsInMs"
     FROM known_gpus k LEFT JOIN run_gpus g ON g.held AND g.gpu_id = k.gpu_id
     LEFT JOIN runs r ON r.id = g.run_id LEFT JOIN leases l ON l.job_id = r.job_id
     WHERE k.worker_id = $1 AND ${IN_SERVICE}`,
    [workerId, offered],
  )
  return rows.map(({ free, endsInMs, ...gpu }) => ({
    ...gpu,
    // A run that is past its limit is about to end.
    freeInMs: free ? 0 : endsInMs === null ? Infinity : Math.max(1, endsInMs),
  }))
}
