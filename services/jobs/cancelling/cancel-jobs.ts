// Somebody wants many jobs to end: what waits ends at once, in one statement, and what runs as its worker hears of it.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import { invalidInput, type Problem } from '@constellation/platform/errors.ts'
import { mayChangeJob } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { Pool, PoolClient } from 'pg'
import type { Context } from '../context.ts'
import { lockDependents, settleDependents } from '../dependencies/release-dependents.ts'
import type { Job } from '../entities.ts'
import { JOB } from '../sql/columns.ts'
import { recordEvents } from '../sql/record-events.ts'
import { jobHasEnded } from '../state.ts'
import { cancelJob } from './cancel.ts'

const MOST_IDS = 1_000
/** What waits may be claimed, and what runs may be queued again, while the others are being cancelled. */
const ROUNDS = 5

/**
 * The jobs, cancelled or on their way there; those that have ended stay as they are. Ids of jobs that the principal may
 * not change are problems, as are those of none, with paths such as `ids.3`.
 * @throws ConstellationError BAD_USER_INPUT for none or too many
 */
export async function cancelJobs(
  context: Context,
  ids: readonly string[],
): Promise<{ jobs: Job[]; problems: Problem[] }> {
  const { found, problems } = await findJobsToChange(context, ids)
  const read = () => jobsById(context.pool, [...found.keys()])
  return { jobs: await cancelAll(context, await read(), read), problems }
}

/** The named jobs, by id, that the principal may change, and a problem for each other id. */
export async function findJobsToChange(
  { pool, who }: Context,
  ids: readonly string[],
): Promise<{ found: Map<string, Job>; problems: Problem[] }> {
  if (ids.length < 1 || ids.length > MOST_IDS) {
    throw invalidInput([{ path: 'ids', message: `must be from 1 to ${MOST_IDS}` }])
  }
  const jobs = await jobsById(pool, ids.filter(isUuid))
  const found = new Map(jobs.filter((job) => mayChangeJob(who, job)).map((job) => [job.id, job]))
  const problems = ids.flatMap((id, i) =>
    found.has(id.toLowerCase()) ? [] : [{ path: `ids.${i}`, message: `There is no job ${id}.` }],
  )
  return { found, problems }
}

function jobsById(pool: Pool, ids: readonly string[]): Promise<Job[]> {
  return query<Job>(pool, 'jobs-by-id', `SELECT ${JOB} FROM jobs j WHERE j.id = ANY ($1) ORDER BY j.id`, [ids])
}

/** Cancels what of the jobs has not ended; `read` reads them again. Answers with them as they are then. */
export async function cancelAll(
  { who, pool, announce, ...context }: Context,
  jobs: Job[],
  read: () => Promise<Job[]>,
): Promise<Job[]> {
  let current = jobs
  for (let left = ROUNDS; left > 0 && current.some(mayGoOn); left--) {
    const { queueGrew, workers } = await inTransaction(pool, (client) => cancelOnce(client, current, who.id))
    if (queueGrew) announce.queueGrew()
    else announce.changed()
    for (const worker of workers) announce.lookAtRuns(worker)
    current = await read()
  }
  // What has moved at each look is locked, one by one, together with whatever its end changes.
  const restless = current.filter(mayGoOn)
  for (const job of restless) await cancelJob({ who, pool, announce, ...context }, job.id)
  return restless.length > 0 ? read() : current
}

function mayGoOn({ state, cancelRequested }: Job): boolean {
  return !jobHasEnded(state) && !cancelRequested
}

async function cancelOnce(
  client: PoolClient,
  jobs: readonly Job[],
  by: string,
): Promise<{ queueGrew: boolean; workers: ReadonlySet<string> }> {
  const ids = jobs.filter(mayGoOn).map(({ id }) => id)
  const settled = await endWaiting(client, ids, by)
  return { ...settled, workers: await askWorkers(client, ids) }
}

/** Ends those of the jobs that wait, and what follows for others. */
async function endWaiting(client: PoolClient, ids: readonly string[], by: string): Promise<{ queueGrew: boolean }> {
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

/** Asks for the end of those that have a live run. One whose run ends in this moment is seen as it is by the next round. */
async function askWorkers(client: PoolClient, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const asked = await query<{ id: string; workerId: string }>(
    client,
    'cancel-all-running',
    `WITH live AS MATERIALIZED (
       SELECT j.id, l.worker_id FROM jobs j JOIN leases l ON l.job_id = j.id
       WHERE j.id = ANY ($1) AND NOT j.cancel_requested ORDER BY j.id FOR NO KEY UPDATE OF j
     )
     UPDATE jobs j SET cancel_requested = true, version = version + 1
     FROM live WHERE j.id = live.id AND j.state IN ('queued', 'running') RETURNING j.id, live.worker_id AS "workerId"`,
    [ids],
  )
  await recordEvents(
    client,
    asked.map(({ id }) => ({ type: 'job.cancelling', jobId: id })),
  )
  return new Set(asked.map(({ workerId }) => workerId))
}
