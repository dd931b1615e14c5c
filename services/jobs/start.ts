// The process of a claimed run has started.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import type { PoolClient } from 'pg'
import type { Context } from './context.ts'
import { type Asked, held, type LeaseClaim, over, requireRunIds, type Standing } from './lease.ts'
import { recordEvents } from './sql/record-events.ts'
import { assertJobMove, assertRunMove, type JobState, type RunState } from './state.ts'

interface Live extends Asked {
  jobId: string
  jobState: JobState
  runState: RunState
}

/** Marks the run and its job as running, and renews the lease. Saying it again renews it again. */
export async function startRun({ who, pool, announce, leaseMs }: Context, lease: LeaseClaim): Promise<Standing> {
  requireRole(who, 'worker')
  requireRunIds([lease])
  const live = await inTransaction(pool, async (client) => {
    const found = await renewRun(client, who.id, lease, leaseMs)
    if (found && found.runState !== 'running') await markRunning(client, lease.runId, found)
    return found
  })
  if (!live) return over(lease.runId)
  announce.changed()
  return held(lease.runId, live, leaseMs)
}

/** The run where this worker holds it with this epoch. Its lease is locked until the transaction ends. */
export async function renewRun(
  client: PoolClient,
  workerId: string,
  lease: LeaseClaim,
  leaseMs: number,
): Promise<Live | null> {
  const [live] = await query<Live>(
    client,
    'renew-run',
    `UPDATE leases l SET until = now() + $4 * interval '1 ms' FROM runs r JOIN jobs j ON j.id = r.job_id
     WHERE r.id = $1 AND l.job_id = r.job_id AND l.run_id = r.id AND l.epoch = $2 AND l.worker_id = $3
     RETURNING l.job_id AS "jobId", j.state AS "jobState", r.state AS "runState",
       j.cancel_requested AS "cancelRequested", l.preempted_by IS NOT NULL AS preempted`,
    [lease.runId, lease.epoch, workerId, leaseMs],
  )
  return live ?? null
}

async function markRunning(client: PoolClient, runId: string, { jobId, jobState, runState }: Live): Promise<void> {
  assertRunMove(runState, 'running')
  assertJobMove(jobState, 'running')
  await query(
    client,
    'start-run',
    `WITH run AS (UPDATE runs SET state = 'running', started_at = now() WHERE id = $1)
     UPDATE jobs SET state = 'running', started_at = now(), version = version + 1 WHERE id = $2`,
    [runId, jobId],
  )
  await recordEvents(client, [{ type: 'job.running', jobId, runId }])
}
