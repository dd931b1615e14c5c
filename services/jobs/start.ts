// The process of a claimed run has started.
import { inTransaction, query } from '@constellation/platform/database.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import type { PoolClient } from 'pg'
import type { Context } from './context.ts'
import type { Job, Run } from './entities.ts'
import { type HeldRun, held, type LeaseClaim, lockHeldRun, over, type Standing } from './lease.ts'
import { JOB, RUN } from './sql/columns.ts'
import { recordEvents } from './sql/record-events.ts'
import { assertJobMove, assertRunMove } from './state.ts'

/** Marks the run and its job as running, and renews the lease. Saying it again renews it again. */
export async function startRun({ who, pool, announce, leaseMs }: Context, lease: LeaseClaim): Promise<Standing> {
  requireRole(who, 'worker')
  const job = await inTransaction(pool, async (client) => {
    const found = await lockHeldRun(client, who.id, lease)
    if (!found) return null
    if (found.run.state !== 'running') return markRunning(client, found, leaseMs)
    await query(client, 'renew-run', `UPDATE runs SET lease_until = now() + $2 * interval '1 ms' WHERE id = $1`, [
      found.run.id,
      leaseMs,
    ])
    return found.job
  })
  if (!job) return over(lease.runId)
  announce.changed()
  return held(lease.runId, job, leaseMs)
}

async function markRunning(client: PoolClient, { job, run, gpus }: HeldRun, leaseMs: number): Promise<Job> {
  assertRunMove(run.state, 'running')
  assertJobMove(job.state, 'running')
  const [started] = await query<Run>(
    client,
    'start-run',
    `UPDATE runs AS r SET state = 'running', started_at = now(), lease_until = now() + $2 * interval '1 ms'
     WHERE r.id = $1 RETURNING ${RUN}`,
    [run.id, leaseMs],
  )
  const [running] = await query<Job>(
    client,
    'start-job',
    `UPDATE jobs AS j SET state = 'running', started_at = now(), version = version + 1 WHERE j.id = $1 RETURNING ${JOB}`,
    [job.id],
  )
  if (!started || !running) throw new Error('The rows of a started run are gone.')
  await recordEvents(client, [{ type: 'job.running', job: running, run: { run: started, gpus } }])
  return running
}
