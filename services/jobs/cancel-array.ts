// Somebody wants all jobs of an array to end: what waits ends at once, and what runs as its worker hears of it.
import { inTransaction, query } from '@constellation/platform/database.ts'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { mayChangeJob, maySeeJob } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { Pool, PoolClient } from 'pg'
import type { Context } from './context.ts'
import type { Job } from './entities.ts'
import { settleDependents } from './release-dependents.ts'
import { JOB } from './sql/columns.ts'
import { recordEvents } from './sql/record-events.ts'

/**
 * The jobs of the array, cancelled or on their way there; those that have ended stay as they are.
 * @throws ConstellationError NOT_FOUND where there is none that the principal may see, FORBIDDEN where it may only look
 */
export async function cancelArray({ who, pool, announce }: Context, id: string): Promise<Job[]> {
  const [first] = isUuid(id) ? await jobsOfArray(pool, id) : []
  if (!first || !maySeeJob(who, first)) throw new ConstellationError('NOT_FOUND', `There is no array ${id}.`)
  if (!mayChangeJob(who, first)) throw new ConstellationError('FORBIDDEN', `The role ${who.role} changes no jobs.`)
  const { workerIds, queueGrew } = await inTransaction(pool, (client) => cancelAll(client, id, who.id))
  for (const workerId of workerIds) announce.lookAtRuns(workerId)
  if (queueGrew) announce.queueGrew()
  else announce.changed()
  return jobsOfArray(pool, id)
}

function jobsOfArray(pool: Pool, id: string): Promise<Job[]> {
  return query<Job>(pool, 'jobs-of-array', `SELECT ${JOB} FROM jobs j WHERE j.array_id = $1 ORDER BY j.array_index`, [
    id,
  ])
}

async function cancelAll(
  client: PoolClient,
  arrayId: string,
  by: string,
): Promise<{ workerIds: string[]; queueGrew: boolean }> {
  const waiting = await endWaiting(client, arrayId, by, '')
  const asked = await askToEnd(client, arrayId)
  // What failed and was queued again in this moment. What a claim has in its hands was asked to end by now.
  const requeued = asked.length > 0 ? await endWaiting(client, arrayId, by, 'SKIP LOCKED') : []
  const ended = [...waiting, ...requeued]
  const running = asked.filter((id) => !requeued.includes(id))
  await recordEvents(client, [
    ...ended.map((jobId) => ({ type: 'job.cancelled' as const, jobId })),
    ...running.map((jobId) => ({ type: 'job.cancelling' as const, jobId })),
  ])
  const settled = await settleDependents(client, ended)
  return { workerIds: await workersOf(client, running), ...settled }
}

/** Places in the queue are taken by id and before their jobs are, as everywhere. */
async function endWaiting(
  client: PoolClient,
  arrayId: string,
  by: string,
  others: '' | 'SKIP LOCKED',
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    client,
    others ? 'cancel-array-requeued' : 'cancel-array-waiting',
    `WITH locked AS MATERIALIZED (
       SELECT q.job_id FROM queue q JOIN jobs j ON j.id = q.job_id WHERE j.array_id = $1
       ORDER BY q.job_id FOR UPDATE OF q ${others}
     ), taken AS (
       DELETE FROM queue q USING locked WHERE q.job_id = locked.job_id RETURNING q.job_id
     )
     UPDATE jobs j SET state = 'cancelled', cancel_requested = true, unsuccessful = true, version = version + 1,
       finished_at = greatest(now(), created_at), reason = $2
     FROM taken WHERE j.id = taken.job_id RETURNING j.id`,
    [arrayId, `Cancelled by ${by}.`],
  )
  return rows.map(({ id }) => id)
}

async function askToEnd(client: PoolClient, arrayId: string): Promise<string[]> {
  const rows = await query<{ id: string }>(
    client,
    'cancel-array-running',
    `UPDATE jobs SET cancel_requested = true, version = version + 1
     WHERE array_id = $1 AND state IN ('queued', 'running') AND NOT cancel_requested RETURNING id`,
    [arrayId],
  )
  return rows.map(({ id }) => id)
}

async function workersOf(client: PoolClient, jobIds: readonly string[]): Promise<string[]> {
  if (jobIds.length === 0) return []
  const rows = await query<{ workerId: string }>(
    client,
    'workers-of-jobs',
    'SELECT DISTINCT worker_id AS "workerId" FROM leases WHERE job_id = ANY ($1)',
    [jobIds],
  )
  return rows.map(({ workerId }) => workerId)
}
