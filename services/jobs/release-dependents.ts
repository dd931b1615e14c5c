// Jobs have ended: those that waited for them come nearer to their start, or are cancelled where they waited for
// something that will not come.
import { query } from '@constellation/platform/database.ts'
import type { PoolClient } from 'pg'
import { recordEvents } from './sql/record-events.ts'

/**
 * What follows for others when these jobs have ended, in whatever way. To be called in the transaction that ends
 * them, after it has written their ends: a submission that names one of them either sees its end, or is seen here.
 * `queueGrew` tells whether there is something new to claim.
 */
export async function settleDependents(
  client: PoolClient,
  endedJobIds: readonly string[],
): Promise<{ queueGrew: boolean }> {
  if (!(await anyDependents(client, endedJobIds))) return { queueGrew: false }
  const cancelled = await cancelDescendants(client, endedJobIds)
  await recordEvents(
    client,
    cancelled.map((jobId) => ({ type: 'job.cancelled', jobId })),
  )
  return { queueGrew: await countDown(client, [...endedJobIds, ...cancelled]) }
}

/** Most jobs have none: one look at an index. */
async function anyDependents(client: PoolClient, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return false
  const rows = await query(client, 'any-dependents', 'SELECT FROM dependencies WHERE on_job_id = ANY ($1) LIMIT 1', [
    ids,
  ])
  return rows.length > 0
}

/**
 * Cancels the waiting jobs that needed one of these to complete, those that needed one of those, and so on. Rows are
 * locked by id, a job's place in the queue first: as everywhere, so that nobody waits in a circle.
 */
async function cancelDescendants(client: PoolClient, endedJobIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ id: string }>(
    client,
    'cancel-descendants',
    `WITH RECURSIVE doomed (job_id, cause) AS (
       SELECT d.job_id, d.on_job_id FROM dependencies d JOIN jobs e ON e.id = d.on_job_id JOIN queue q ON q.job_id = d.job_id
       WHERE d.on_job_id = ANY ($1) AND d.rule = 'completed' AND e.state IN ('failed', 'cancelled')
       UNION
       SELECT d.job_id, d.on_job_id FROM doomed x JOIN dependencies d ON d.on_job_id = x.job_id JOIN queue q ON q.job_id = d.job_id
       WHERE d.rule = 'completed'
     ), first_cause AS MATERIALIZED (
       SELECT DISTINCT ON (job_id) job_id, cause FROM doomed ORDER BY job_id, cause
     ), locked AS MATERIALIZED (
       SELECT q.job_id FROM queue q JOIN first_cause USING (job_id) ORDER BY q.job_id FOR UPDATE OF q
     ), taken AS (
       DELETE FROM queue q USING locked WHERE q.job_id = locked.job_id RETURNING q.job_id
     ), job AS MATERIALIZED (
       SELECT j.id FROM jobs j JOIN taken ON taken.job_id = j.id ORDER BY j.id FOR NO KEY UPDATE OF j
     )
     UPDATE jobs j SET state = 'cancelled', unsuccessful = true, finished_at = greatest(now(), j.created_at),
       version = j.version + 1,
       reason = format('Job %s (%s), which it depends on, %s.', cause.name, cause.id,
                       CASE cause.state WHEN 'failed' THEN 'failed' ELSE 'was cancelled' END)
     FROM job JOIN first_cause f ON f.job_id = job.id JOIN jobs cause ON cause.id = f.cause
     WHERE j.id = job.id
     RETURNING j.id`,
    [endedJobIds],
  )
  return rows.map(({ id }) => id)
}

/** Whoever waited for one of these waits for one less; true where nothing is left for some of them. */
async function countDown(client: PoolClient, endedJobIds: readonly string[]): Promise<boolean> {
  const rows = await query(
    client,
    'count-down',
    `WITH met AS MATERIALIZED (
       SELECT d.job_id, count(*)::integer AS jobs FROM dependencies d JOIN jobs e ON e.id = d.on_job_id
       WHERE d.on_job_id = ANY ($1) AND (d.rule = 'ended' OR e.state = 'completed') GROUP BY d.job_id
     ), locked AS MATERIALIZED (
       SELECT q.job_id FROM queue q JOIN met USING (job_id) ORDER BY q.job_id FOR UPDATE OF q
     ), nearer AS (
       UPDATE queue q SET waiting_on = q.waiting_on - met.jobs FROM locked JOIN met USING (job_id)
       WHERE q.job_id = met.job_id RETURNING q.lane_id, q.waiting_on, q.not_before
     ), ready AS (
       SELECT lane_id FROM nearer WHERE waiting_on = 0 AND not_before IS NULL
     ), woken AS (
       UPDATE lanes SET active = true WHERE NOT active AND id IN (SELECT lane_id FROM ready)
     )
     SELECT FROM ready LIMIT 1`,
    [endedJobIds],
  )
  return rows.length > 0
}
