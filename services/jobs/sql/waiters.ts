// Jobs that wait, and what concerns each alone.
import { query } from '@constellation/platform/database/database.ts'
import type { Pool } from 'pg'
import type { Need } from '../policy/machines.ts'

export interface WaiterRow extends Need {
  jobId: string
  account: string
  waitingOn: number
  notBefore: Date | null
  whyNotBefore: 'start_time' | 'backoff' | null
  /** How many runs are being ended for it. */
  endingForIt: number
}

/** Those of these jobs that wait for a worker, or will. */
export async function findWaiters(pool: Pool, ids: readonly string[]): Promise<WaiterRow[]> {
  return query<WaiterRow>(
    pool,
    'find-waiters',
    `SELECT q.job_id AS "jobId", l.account, l.gpu_count AS "gpuCount", l.gpu_min_memory_mb AS "gpuMinMemoryMb",
       l.gpu_model AS "gpuModel", l.gpu_min_capability AS "gpuMinCapability", l.worker_labels AS "workerLabels", l.executor,
       q.waiting_on AS "waitingOn", q.not_before AS "notBefore", q.why_not_before AS "whyNotBefore",
       coalesce(e.runs, 0)::integer AS "endingForIt"
     FROM queue q JOIN lanes l ON l.id = q.lane_id
     LEFT JOIN (SELECT preempted_by, count(*) AS runs FROM leases WHERE preempted_by IS NOT NULL GROUP BY 1) e
       ON e.preempted_by = q.job_id
     WHERE q.job_id = ANY ($1)`,
    [ids],
  )
}
