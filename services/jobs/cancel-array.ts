// Somebody wants all jobs of an array to end: what waits ends at once, and what runs as its worker hears of it.
import { inTransaction, query } from '@constellation/platform/database.ts'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { mayChangeJob, maySeeJob } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { Pool, PoolClient } from 'pg'
import { cancelJob } from './cancel.ts'
import type { Context } from './context.ts'
import { lockDependents, settleDependents } from './dependencies/release-dependents.ts'
import type { Job } from './entities.ts'
import { JOB } from './sql/columns.ts'
import { recordEvents } from './sql/record-events.ts'
import { jobHasEnded } from './state.ts'

/** What waits may be claimed, and what runs may be queued again, while the others are being cancelled. */
const ROUNDS = 5

/**
 * The jobs of the array, cancelled or on their way there; those that have ended stay as they are.
 * @throws ConstellationError NOT_FOUND where there is none that the principal may see, FORBIDDEN where it may only look
 */
export async function cancelArray(context: Context, id: string): Promise<Job[]> {
  const { who, pool, announce } = context
  let jobs = isUuid(id) ? await jobsOfArray(pool, id) : []
  const [first] = jobs
  if (!first || !maySeeJob(who, first)) throw new ConstellationError('NOT_FOUND', `There is no array ${id}.`)
  if (!mayChangeJob(who, first)) throw new ConstellationError('FORBIDDEN', `The role ${who.role} changes no jobs.`)
  for (let left = ROUNDS; left > 0 && jobs.some(mayGoOn); left--) {
    const { queueGrew } = await inTransaction(pool, (client) => endWaiting(client, jobs, who.id))
    if (queueGrew) announce.queueGrew()
    else announce.changed()
    jobs = await jobsOfArray(pool, id)
    // One by one, as each is locked together with whatever its end changes.
    for (const job of jobs.filter(mayGoOn)) await cancelJob(context, job.id)
    jobs = await jobsOfArray(pool, id)
  }
  return jobs
}

function mayGoOn({ state, cancelRequested }: Job): boolean {
  return !jobHasEnded(state) && !cancelRequested
}

function jobsOfArray(pool: Pool, id: string): Promise<Job[]> {
  return query<Job>(pool, 'jobs-of-array', `SELECT ${JOB} FROM jobs j WHERE j.array_id = $1 ORDER BY j.array_index`, [
    id,
  ])
}

/** Ends those of the jobs that wait, and what follows for others. */
async function endWaiting(client: PoolClient, jobs: readonly Job[], by: string): Promise<{ queueGrew: boolean }> {
  const ids = jobs.filter(mayGoOn).map(({ id }) => id)
  await lockDependents(client, ids, true)
  const ended = await query<{ id: string }>(
    client,
    'cancel-all-waiting',
    `WITH taken AS (
       DELETE FROM queue WHERE job_id = ANY ($1) RETURNING job_id
     ), job AS MATERIALIZED (
       SELECT j.id FROM jobs j JOIN taken ON taken.job_id = j.id ORDER BY j.id FOR NO KEY UPDATE OF j
     )
     UPDATE jobs j SET state = 'cancelled', cancel_requested = true, unsuccessful = true, version = version + 1,
       finished_at = greatest(now(), created_at), reason = $2
     FROM job WHERE j.id = job.id RETURNING j.id`,
    [ids, `Cancelled by ${by}.`],
  )
  const endedIds = ended.map(({ id }) => id)
  await recordEvents(
    client,
    endedIds.map((jobId) => ({ type: 'job.cancelled', jobId })),
  )
  return settleDependents(client, endedIds)
}
