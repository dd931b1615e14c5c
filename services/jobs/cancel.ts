// Somebody wants a job to end: at once where it waits, and where it runs as soon as its worker has ended it.
import { inTransaction, query } from '@constellation/platform/database.ts'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { mayChangeJob } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { PoolClient } from 'pg'
import type { Context } from './context.ts'
import type { Job } from './entities.ts'
import { JOB } from './sql/columns.ts'
import { recordEvents } from './sql/record-events.ts'
import { assertJobMove, jobHasEnded } from './state.ts'

/** The job, cancelled or on its way there. One that has ended stays as it is. */
export async function cancelJob({ who, pool, announce }: Context, id: string): Promise<Job> {
  const { job, workerId } = await inTransaction(pool, async (client) => {
    const job = await lockJobToChange(client, who, id)
    if (jobHasEnded(job.state) || job.cancelRequested) return { job, workerId: null }
    if (job.currentRunId === null) return { job: await endWaiting(client, job, who.id), workerId: null }
    return askWorker(client, job)
  })
  if (workerId === null) announce.changed()
  else announce.lookAtRuns(workerId)
  return job
}

/**
 * The job, locked, where this principal may change it.
 * @throws ConstellationError NOT_FOUND where there is none that it may see, FORBIDDEN where it may only look
 */
export async function lockJobToChange(client: PoolClient, who: Context['who'], id: string): Promise<Job> {
  const rows = isUuid(id)
    ? await query<Job>(client, 'lock-job', `SELECT ${JOB} FROM jobs j WHERE j.id = $1 FOR NO KEY UPDATE`, [id])
    : []
  const job = rows[0]
  if (job && mayChangeJob(who, job)) return job
  if (job && who.role === 'analyst') throw new ConstellationError('FORBIDDEN', 'The role analyst changes no jobs.')
  throw new ConstellationError('NOT_FOUND', `There is no job ${id}.`)
}

async function endWaiting(client: PoolClient, job: Job, by: string): Promise<Job> {
  assertJobMove(job.state, 'cancelled')
  const cancelled = await change(
    client,
    'cancel-waiting',
    `state = 'cancelled', cancel_requested = true, finished_at = greatest(now(), created_at), reason = $2`,
    [job.id, `Cancelled by ${by}.`],
  )
  await recordEvents(client, [{ type: 'job.cancelled', job: cancelled }])
  return cancelled
}

async function askWorker(client: PoolClient, job: Job): Promise<{ job: Job; workerId: string }> {
  const cancelling = await change(client, 'cancel-running', 'cancel_requested = true', [job.id])
  await recordEvents(client, [{ type: 'job.cancelling', job: cancelling }])
  const [run] = await query<{ workerId: string }>(
    client,
    'worker-of-run',
    'SELECT worker_id AS "workerId" FROM runs WHERE id = $1',
    [job.currentRunId],
  )
  if (!run) throw new Error('The current run of a job is gone.')
  return { job: cancelling, workerId: run.workerId }
}

async function change(client: PoolClient, name: string, set: string, values: readonly unknown[]): Promise<Job> {
  const [job] = await query<Job>(
    client,
    name,
    `UPDATE jobs AS j SET ${set}, version = version + 1 WHERE j.id = $1 RETURNING ${JOB}`,
    values,
  )
  if (!job) throw new Error('The row of a locked job is gone.')
  return job
}
