// Somebody wants jobs to end: at once where they wait, and where they run as soon as their worker has ended them.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { mayChangeJob } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { PoolClient } from 'pg'
import type { Context } from '../context.ts'
import { settleDependents } from '../dependencies/release-dependents.ts'
import type { Job } from '../entities.ts'
import { JOB } from '../sql/columns.ts'
import { recordEvents } from '../sql/record-events.ts'
import { assertJobMove, jobHasEnded } from '../state.ts'

/** The job, cancelled or on its way there. One that has ended stays as it is. */
export async function cancelJob({ who, pool, announce }: Context, id: string): Promise<Job> {
  const { job, workerId, queueGrew } = await inTransaction(pool, (client) => cancel(client, who, id))
  if (queueGrew) announce.queueGrew()
  else if (workerId === null) announce.changed()
  else announce.lookAtRuns(workerId)
  return job
}

interface Cancelled {
  job: Job
  /** The worker that has to end its run, if one has. */
  workerId: string | null
  /** True where a job that waited for the end of this one may start. */
  queueGrew?: boolean
}

async function cancel(client: PoolClient, who: Context['who'], id: string): Promise<Cancelled> {
  const { job, wasWaiting } = await lockJobToChange(client, who, id, 'take')
  if (jobHasEnded(job.state) || job.cancelRequested) return { job, workerId: null }
  const waits = wasWaiting || (await takeRequeued(client, id))
  return waits ? endWaiting(client, job, who.id) : askWorker(client, job)
}

/**
 * A run may have ended and its job been queued again before the job was locked. A claim that has it in its hands by now
 * waits for the job, so it is not waited for: its worker hears that the run is to end.
 */
async function takeRequeued(client: PoolClient, id: string): Promise<boolean> {
  const rows = await query(
    client,
    'take-requeued',
    `DELETE FROM queue WHERE ctid = ANY (ARRAY (SELECT ctid FROM queue WHERE job_id = $1 FOR UPDATE SKIP LOCKED)) RETURNING 1`,
    [id],
  )
  return rows.length > 0
}

/**
 * The job, locked, where this principal may change it. Its place in the queue is locked first, or taken from it, as
 * claims do it in that order too.
 * @throws ConstellationError NOT_FOUND where there is none that it may see, FORBIDDEN where it may only look
 */
export async function lockJobToChange(
  client: PoolClient,
  who: Context['who'],
  id: string,
  place: 'lock' | 'take' = 'lock',
): Promise<{ job: Job; wasWaiting: boolean }> {
  const [seen] = isUuid(id)
    ? await query<Job>(client, 'find-job', `SELECT ${JOB} FROM jobs j WHERE j.id = $1`, [id])
    : []
  if (seen && !mayChangeJob(who, seen) && who.role === 'analyst') {
    throw new ConstellationError('FORBIDDEN', 'The role analyst changes no jobs.')
  }
  if (!seen || !mayChangeJob(who, seen)) throw new ConstellationError('NOT_FOUND', `There is no job ${id}.`)
  const waiting = await query(
    client,
    `${place}-place`,
    place === 'take'
      ? 'DELETE FROM queue WHERE job_id = $1 RETURNING job_id'
      : 'SELECT job_id FROM queue WHERE job_id = $1 FOR UPDATE',
    [id],
  )
  const [job] = await query<Job>(client, 'lock-job', `SELECT ${JOB} FROM jobs j WHERE j.id = $1 FOR NO KEY UPDATE`, [
    id,
  ])
  if (!job) throw new ConstellationError('NOT_FOUND', `There is no job ${id}.`)
  return { job, wasWaiting: waiting.length > 0 }
}

async function endWaiting(client: PoolClient, job: Job, by: string): Promise<Cancelled> {
  assertJobMove(job.state, 'cancelled')
  const cancelled = await change(
    client,
    'cancel-waiting',
    `state = 'cancelled', cancel_requested = true, unsuccessful = true, finished_at = greatest(now(), created_at), reason = $2`,
    [job.id, `Cancelled by ${by}.`],
  )
  await recordEvents(client, [{ type: 'job.cancelled', jobId: job.id }])
  return { job: cancelled, workerId: null, ...(await settleDependents(client, [job.id])) }
}

async function askWorker(client: PoolClient, job: Job): Promise<Cancelled> {
  const cancelling = await change(client, 'cancel-running', 'cancel_requested = true', [job.id])
  await recordEvents(client, [{ type: 'job.cancelling', jobId: job.id }])
  const [lease] = await query<{ workerId: string }>(
    client,
    'worker-of-job',
    'SELECT worker_id AS "workerId" FROM leases WHERE job_id = $1',
    [job.id],
  )
  return { job: cancelling, workerId: lease?.workerId ?? null }
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
