// What happened to a job is written in the transaction of the change itself. The message is made of it when it is
// published: `event_messages` in the schema.
import { query } from '@constellation/platform/database/database.ts'
import type { JobEventType } from '@constellation/platform/events/job-event.ts'
import type { PoolClient } from 'pg'

/** What happened to a job, and to which of its runs. */
export interface Happening {
  type: JobEventType
  jobId: string
  runId?: string
}

/** What an event tells of a run, each as SQL. */
export interface RunColumns {
  id: string
  attempt: string
  state: string
  workerId: string
  startedAt: string
  finishedAt: string
}

/** Of an event that no run has a part in. */
export const NO_RUN: RunColumns = {
  id: 'NULL::uuid',
  attempt: 'NULL::integer',
  state: 'NULL::text',
  workerId: 'NULL::text',
  startedAt: 'NULL::timestamptz',
  finishedAt: 'NULL::timestamptz',
}

/** The columns of `events` that `eventOf` gives. */
export const EVENT_COLUMNS = `type, job_id, version, job_state, reason, cancel_requested, started_at, finished_at,
  run_id, attempt, run_state, worker_id, run_started_at, run_finished_at`

/** An event, as SQL: `job` has the columns of a job's row. */
export function eventOf(type: string, job: string, run: RunColumns): string {
  const ofJob = ['id', 'version', 'state', 'reason', 'cancel_requested', 'started_at', 'finished_at']
  const ofRun = [run.id, run.attempt, run.state, run.workerId, run.startedAt, run.finishedAt]
  return [type, ...ofJob.map((column) => `${job}.${column}`), ...ofRun].join(', ')
}

/** Those of a row of the table `runs` as `r`. */
const OF_ROW: RunColumns = {
  id: 'r.id',
  attempt: 'r.attempt',
  state: 'r.state',
  workerId: 'r.worker_id',
  startedAt: 'r.started_at',
  finishedAt: 'r.finished_at',
}

/** Writes events with the rows as the changes before it left them. */
export async function recordEvents(client: PoolClient, happenings: readonly Happening[]): Promise<void> {
  if (happenings.length === 0) return
  await query(
    client,
    'record-events',
    // Looked up one by one: for a handful of rows the planner would read whole tables that are not yet large.
    `INSERT INTO events (${EVENT_COLUMNS})
     SELECT ${eventOf('e.type', 'j', OF_ROW)}
     FROM unnest($1::text[], $2::uuid[], $3::uuid[]) WITH ORDINALITY e (type, job_id, run_id, n)
     CROSS JOIN LATERAL (SELECT * FROM jobs WHERE id = e.job_id OFFSET 0) j
     LEFT JOIN LATERAL (SELECT * FROM runs WHERE id = e.run_id OFFSET 0) r ON true
     ORDER BY n`,
    [
      happenings.map(({ type }) => type),
      happenings.map(({ jobId }) => jobId),
      happenings.map(({ runId }) => runId ?? null),
    ],
  )
}
