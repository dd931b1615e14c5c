// Jobs have ended: those that waited for them come nearer to their start, or are cancelled where they waited for
// something that will not come.
import { query } from '@constellation/platform/database/database.ts'
import type { PoolClient } from 'pg'
import { recordEvents } from '../sql/record-events.ts'

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
  await lockDependents(client, endedJobIds)
  const doomed = await lockDoomed(client, endedJobIds)
  await cancelDoomed(client, doomed)
  await recordEvents(
    client,
    doomed.map(({ jobId }) => ({ type: 'job.cancelled', jobId })),
  )
  return { queueGrew: await countDown(client, [...endedJobIds, ...doomed.map(({ jobId }) => jobId)]) }
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
 * Locks the places of all that the ends of these jobs may change, and of these jobs where they have one: at once and by
 * id, before anything else is locked, so that nobody waits in a circle. With `willEndBadly` the jobs are about to be
 * cancelled; else it is their state that tells how they have ended.
 */
export async function lockDependents(
  client: PoolClient,
  jobIds: readonly string[],
  willEndBadly = false,
): Promise<void> {
  await query(
    client,
    'lock-dependents',
    `WITH RECURSIVE below (job_id, is_doomed) AS (
       SELECT d.job_id, d.rule = 'completed' AND ($2 OR e.state IN ('failed', 'cancelled'))
       FROM dependencies d JOIN jobs e ON e.id = d.on_job_id WHERE d.on_job_id = ANY ($1)
       UNION
       SELECT d.job_id, d.rule = 'completed' FROM below JOIN dependencies d ON d.on_job_id = below.job_id
       WHERE below.is_doomed
     )
     SELECT FROM queue WHERE job_id IN (SELECT job_id FROM below UNION SELECT unnest($1::uuid[])) ORDER BY job_id FOR UPDATE`,
    [jobIds, willEndBadly],
  )
}

/** A job that waits for one that will not complete. */
interface Doomed {
  jobId: string
  causeId: string
}

/**
 * The waiting jobs that needed one of these to complete, those that needed one of those, and so on, all of them locked.
 * A submission that names one of them may come before its lock: what it has stored is found by looking again.
 */
async function lockDoomed(client: PoolClient, endedJobIds: readonly string[]): Promise<Doomed[]> {
  let doomed: Doomed[] = []
  for (;;) {
    const found = await query<Doomed>(
      client,
      'lock-doomed',
      `WITH RECURSIVE doomed (job_id, cause) AS (
         SELECT d.job_id, d.on_job_id FROM dependencies d JOIN jobs e ON e.id = d.on_job_id JOIN queue q ON q.job_id = d.job_id
         WHERE d.on_job_id = ANY ($1) AND d.rule = 'completed' AND e.state IN ('failed', 'cancelled')
         UNION
         SELECT d.job_id, d.on_job_id FROM doomed x JOIN dependencies d ON d.on_job_id = x.job_id JOIN queue q ON q.job_id = d.job_id
         WHERE d.rule = 'completed'
       ), first_cause AS MATERIALIZED (
         SELECT DISTINCT ON (job_id) job_id, cause FROM doomed ORDER BY job_id, cause
       )
       SELECT j.id AS "jobId", f.cause AS "causeId" FROM jobs j JOIN first_cause f ON f.job_id = j.id
       ORDER BY j.id FOR NO KEY UPDATE OF j`,
      [endedJobIds],
    )
    if (found.length === doomed.length) return found
    doomed = found
  }
}

async function cancelDoomed(client: PoolClient, doomed: readonly Doomed[]): Promise<void> {
  if (doomed.length === 0) return
  await query(
    client,
    'cancel-doomed',
    `WITH doomed AS MATERIALIZED (
       SELECT * FROM unnest($1::uuid[], $2::uuid[]) d (job_id, cause)
     ), taken AS (
       DELETE FROM queue q USING doomed WHERE q.job_id = doomed.job_id
     )
     UPDATE jobs j SET state = 'cancelled', unsuccessful = true, finished_at = greatest(now(), j.created_at),
       version = j.version + 1,
       reason = format('Job %s (%s), which it depends on, %s.', cause.name, cause.id,
                       CASE cause.state WHEN 'failed' THEN 'failed' ELSE 'was cancelled' END)
     FROM doomed JOIN jobs cause ON cause.id = doomed.cause WHERE j.id = doomed.job_id`,
    [doomed.map(({ jobId }) => jobId), doomed.map(({ causeId }) => causeId)],
  )
}

/** Whoever waited for one of these waits for one less; true where nothing is left for some of them. */
async function countDown(client: PoolClient, endedJobIds: readonly string[]): Promise<boolean> {
  const rows = await query(
    client,
    'count-down',
    `WITH met AS MATERIALIZED (
       SELECT d.job_id, count(*)::integer AS jobs FROM dependencies d JOIN jobs e ON e.id = d.on_job_id
       WHERE d.on_job_id = ANY ($1) AND (d.rule = 'ended' OR e.state = 'completed') GROUP BY d.job_id
     ), nearer AS (
       UPDATE queue q SET waiting_on = q.waiting_on - met.jobs FROM met
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
