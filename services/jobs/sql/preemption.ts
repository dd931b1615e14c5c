// The statements that look for runs to end and for whom.
import { query } from '@constellation/platform/database/database.ts'
import type { Pool, PoolClient } from 'pg'
import type { HeldGpu, Host, Urgent } from '../policy/preempt.ts'
import { MAY_SPEND } from './budget-holds.ts'
import { KEPT_MS, READY } from './lanes.ts'
import { IN_SERVICE } from './worker-gpus.ts'

/** The lowest priority of a run that may be ended and was not asked to; null where there is none. */
export async function lowestPreemptible(pool: Pool): Promise<number | null> {
  const [row] = await query<{ lowest: number | null }>(
    pool,
    'lowest-preemptible',
    'SELECT min(priority) AS lowest FROM leases WHERE preemptible AND preempted_by IS NULL',
  )
  return row?.lowest ?? null
}

/** GPUs stay kept while runs are still ending for their job, however long their warning takes. */
export async function renewKept(client: PoolClient): Promise<void> {
  await query(
    client,
    'renew-kept',
    'UPDATE reservations SET renewed_at = now() WHERE job_id IN (SELECT preempted_by FROM leases)',
  )
}

/** More than are helped in one go. */
const MOST_URGENT = 50

/** Jobs above this priority that wait for GPUs, and for which nobody makes room yet: the most urgent first. */
export async function urgentJobs(client: PoolClient, above: number): Promise<Urgent[]> {
  const rows = await query<Omit<Urgent, 'mayRunOn'> & { workers: string[] }>(
    client,
    'urgent-jobs',
    `SELECT q.job_id AS "jobId", q.priority, l.gpu_count AS "gpuCount", l.gpu_min_memory_mb AS "gpuMinMemoryMb",
       l.gpu_model AS "gpuModel", l.gpu_min_capability AS "gpuMinCapability",
       ARRAY (SELECT DISTINCT k.worker_id FROM known_gpus k LEFT JOIN known_workers v USING (worker_id)
              WHERE ${IN_SERVICE} AND l.worker_labels <@ coalesce(v.labels, '{}')
                AND l.executor = ANY (coalesce(v.executors, '{process}'))) AS workers
     FROM lanes l CROSS JOIN LATERAL (
       SELECT job_id, priority, place FROM queue q WHERE q.lane_id = l.id AND ${READY}
       ORDER BY place, job_id LIMIT 4) q
     LEFT JOIN accounts a USING (account)
     WHERE l.active AND l.gpu_count > 0 AND q.priority > $1
       AND NOT EXISTS (SELECT FROM leases WHERE preempted_by = q.job_id)
       AND ${MAY_SPEND}
       -- What its account may not have, nobody has to make room for.
       AND (a.max_gpus IS NULL
            OR a.max_gpus >= l.gpu_count + (SELECT count(*) FROM run_gpus g WHERE g.held AND g.account = l.account))
     ORDER BY q.priority DESC, q.place, q.job_id LIMIT $2`,
    [above, MOST_URGENT],
  )
  return rows.map(({ workers, ...job }) => ({ ...job, mayRunOn: (workerId) => workers.includes(workerId) }))
}

interface GpuRow extends Omit<HeldGpu, 'holder'> {
  workerId: string
  holderId: string | null
  priority: number
  claimedAt: number
}

/** The GPUs that take runs, of every worker that keeps them for nobody. */
export async function workersGpus(client: PoolClient): Promise<Host[]> {
  const rows = await query<GpuRow>(
    client,
    'gpus-of-workers',
    `SELECT k.worker_id AS "workerId", k.gpu_id AS id, k.model, k.memory_mb AS "memoryMb", k.compute_capability AS capability,
       g.gpu_id IS NULL AS free, CASE WHEN l.preemptible AND l.preempted_by IS NULL THEN l.job_id END AS "holderId", l.priority,
       (extract(epoch FROM l.claimed_at) * 1000)::double precision AS "claimedAt"
     FROM known_gpus k LEFT JOIN run_gpus g ON g.held AND g.gpu_id = k.gpu_id
     LEFT JOIN runs r ON r.id = g.run_id LEFT JOIN leases l ON l.job_id = r.job_id
     WHERE ${IN_SERVICE} AND NOT EXISTS (
       SELECT FROM reservations v WHERE v.worker_id = k.worker_id AND v.renewed_at > now() - interval '${KEPT_MS} ms')`,
  )
  return [...Map.groupBy(rows, (row) => row.workerId)].map(([workerId, gpus]) => ({
    workerId,
    gpus: gpus.map(({ workerId: _, holderId, priority, claimedAt, ...gpu }) => ({
      ...gpu,
      holder: holderId === null ? null : { jobId: holderId, priority, claimedAt },
    })),
  }))
}
