// The statements that remove what is kept no longer. Each takes few rows and is a transaction of its own, so that it
// holds up nobody; rows that another process is at are left to it.
//
// The ids of jobs and runs begin with their time, and what is old goes: what is left of it stands at the front of the
// primary keys, and no index on the time of an end has to be kept up by every end of a run.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import type { Pool } from 'pg'

/** At 64 KiB a chunk, some 100 ms of work. */
const CHUNKS = 500
const EVENTS = 2_000

/** What was looked at, in the order of ids, and whether it is old enough to go. */
export interface Candidate {
  id: string
  old: boolean
}

/** The next runs behind `after` that have stored chunks and were claimed `keptSeconds` ago: old where they ended then. */
export async function runsWithOldLogs(
  pool: Pool,
  after: string,
  keptSeconds: number,
  most: number,
): Promise<Candidate[]> {
  return query(
    pool,
    'runs-with-old-logs',
    // One step in the index for each run, however many chunks it has.
    `WITH RECURSIVE bound AS MATERIALIZED (
       SELECT uuidv7(make_interval(secs => -$2::double precision)) AS id
     ), logged AS (
       SELECT $1::uuid AS run_id
       UNION ALL
       SELECT next.run_id FROM logged l, bound, LATERAL (
         SELECT c.run_id FROM log_chunks c WHERE c.run_id > l.run_id AND c.run_id < bound.id ORDER BY c.run_id LIMIT 1
       ) next
     ), walked AS (SELECT run_id FROM logged WHERE run_id > $1 LIMIT $3)
     SELECT r.id, coalesce(r.finished_at <= now() - make_interval(secs => $2), false) AS old
     FROM walked w JOIN runs r ON r.id = w.run_id ORDER BY r.id`,
    [after, keptSeconds, most],
  )
}

/** From now on the runs say that their logs are gone. */
export async function expireLogs(pool: Pool, runIds: readonly string[]): Promise<void> {
  await query(
    pool,
    'expire-logs',
    // In the order of ids, so that no two wait for each other.
    `UPDATE runs SET log_expired_at = now() WHERE id = ANY(ARRAY(
       SELECT id FROM runs WHERE id = ANY($1) AND log_expired_at IS NULL ORDER BY id FOR NO KEY UPDATE))`,
    [runIds],
  )
}

/** Removes some chunks of these runs; returns how many, 0 where none are left. */
export async function deleteChunks(pool: Pool, runIds: readonly string[]): Promise<number> {
  return deleteSome(
    pool,
    'delete-chunks',
    `DELETE FROM log_chunks WHERE ctid = ANY(ARRAY(
       SELECT ctid FROM log_chunks WHERE run_id = ANY($1) LIMIT ${CHUNKS} FOR UPDATE SKIP LOCKED)) RETURNING seq`,
    [runIds],
  )
}

/**
 * The next jobs behind `after` that were submitted `keptSeconds` ago: old where they ended then, and all that happened
 * to them was published.
 */
export async function oldJobs(pool: Pool, after: string, keptSeconds: number, most: number): Promise<Candidate[]> {
  return query(
    pool,
    'old-jobs',
    `WITH bound AS MATERIALIZED (SELECT uuidv7(make_interval(secs => -$2::double precision)) AS id)
     SELECT j.id, coalesce(j.finished_at <= now() - make_interval(secs => $2), false)
       AND NOT EXISTS (SELECT FROM events e WHERE e.job_id = j.id AND e.published_at IS NULL) AS old
     FROM jobs j WHERE j.id > $1 AND j.id < (SELECT id FROM bound) ORDER BY j.id LIMIT $3`,
    [after, keptSeconds, most],
  )
}

/** The runs of these jobs. */
export async function runsOf(pool: Pool, jobIds: readonly string[]): Promise<string[]> {
  const rows = await query<{ id: string }>(pool, 'runs-of-jobs', 'SELECT id FROM runs WHERE job_id = ANY($1)', [jobIds])
  return rows.map(({ id }) => id)
}

/** Removes some events of these jobs that were published; returns how many. */
export async function deleteEvents(pool: Pool, jobIds: readonly string[]): Promise<number> {
  return deleteSome(
    pool,
    'delete-events',
    `DELETE FROM events WHERE ctid = ANY(ARRAY(
       SELECT ctid FROM events WHERE job_id = ANY($1) AND published_at IS NOT NULL
       LIMIT ${EVENTS} FOR UPDATE SKIP LOCKED)) RETURNING id`,
    [jobIds],
  )
}

/**
 * Removes jobs, with their runs, whose chunks and events are gone. One that is being changed, or that something has
 * happened to since, stays for the next time. Returns how many were removed.
 */
export async function deleteJobs(pool: Pool, jobIds: readonly string[]): Promise<number> {
  return inTransaction(pool, async (client) => {
    const locked = await query<{ id: string }>(
      client,
      'lock-old-jobs',
      'SELECT id FROM jobs WHERE id = ANY($1) FOR UPDATE SKIP LOCKED',
      [jobIds],
    )
    // A statement of its own, which sees what was committed before the locks were had.
    const gone = await query(
      client,
      'delete-jobs',
      `WITH gone AS (
         DELETE FROM jobs j WHERE j.id = ANY($1) AND NOT EXISTS (SELECT FROM events e WHERE e.job_id = j.id)
         RETURNING j.id
       ), runs_gone AS (
         DELETE FROM runs WHERE job_id = ANY(ARRAY(SELECT id FROM gone)) RETURNING id
       ), gpus_gone AS (
         DELETE FROM run_gpus WHERE run_id = ANY(ARRAY(SELECT id FROM runs_gone))
       ), needs_gone AS (
         DELETE FROM dependencies
         WHERE job_id = ANY(ARRAY(SELECT id FROM gone)) OR on_job_id = ANY(ARRAY(SELECT id FROM gone))
       )
       SELECT id FROM gone`,
      [locked.map(({ id }) => id)],
    )
    return gone.length
  })
}

async function deleteSome(pool: Pool, name: string, text: string, values: readonly unknown[]): Promise<number> {
  return (await query(pool, name, text, values)).length
}
