// What happened to a job is written in the transaction of the change itself. As text put together by hand: to build
// JSON of so many fields costs PostgreSQL more than all the rest of an event.
import { query } from '@constellation/platform/database.ts'
import type { JobEventType } from '@constellation/platform/events.ts'
import type { PoolClient } from 'pg'

/** What happened to a job, and to which of its runs. */
export interface Happening {
  type: JobEventType
  jobId: string
  runId?: string
}

/** An instant as every client sees it; null stays null. */
const iso = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** `JobEvent` in `platform/events.ts` says what each is. */
const jobJson = (
  j: string,
) => `(SELECT to_json(x) FROM (SELECT ${j}.id, ${j}.name, ${j}.state, ${j}.version, ${j}.priority,
  ${j}.account, ${j}.submitted_by AS "submittedBy", ${iso(`${j}.created_at`)} AS "createdAt",
  ${iso(`${j}.started_at`)} AS "startedAt", ${iso(`${j}.finished_at`)} AS "finishedAt", ${j}.reason,
  ${j}.cancel_requested AS "cancelRequested") x)::text`
const runJson = (
  r: RunColumns,
) => `(SELECT to_json(x) FROM (SELECT ${r.id} AS id, ${r.attempt} AS attempt, ${r.state} AS state,
  ${r.epoch} AS epoch, ${r.workerId} AS "workerId", ${iso(r.startedAt)} AS "startedAt", ${iso(r.finishedAt)} AS "finishedAt",
  ${r.gpus} AS gpus) x)::text`

/** What an event tells of a run, each as SQL. */
export interface RunColumns {
  id: string
  attempt: string
  state: string
  epoch: string
  workerId: string
  startedAt: string
  finishedAt: string
  gpus: string
}

/** Those of a row of the table. */
export function runColumns(r: string): RunColumns {
  return {
    id: `${r}.id`,
    attempt: `${r}.attempt`,
    state: `${r}.state`,
    epoch: `${r}.lease_epoch`,
    workerId: `${r}.worker_id`,
    startedAt: `${r}.started_at`,
    finishedAt: `${r}.finished_at`,
    gpus: gpusJson('run_gpus', `${r}.id`, `${r}.gpu_id`),
  }
}

/** The GPUs of a run that has a first one, from rows like those of `run_gpus`. */
export const gpusJson = (rows: string, runId: string, first: string) => `CASE WHEN ${first} IS NULL THEN '[]' ELSE (
  SELECT json_agg(json_build_object('id', gpu_id, 'uuid', gpu_uuid, 'model', model, 'simulated', simulated) ORDER BY position)
  FROM ${rows} WHERE run_id = ${runId}) END`

/** The columns of `events` that `eventOf` gives. */
export const EVENT_COLUMNS = 'type, job_id, run_id, payload, subject'

/** An event, as SQL: `job` has the columns of a job's row; `run` is told of where its id is not null. */
export function eventOf(type: string, job: string, run: RunColumns): string {
  return `${type}, ${job}.id, ${run.id},
    ('{"job":' || ${jobJson(job)} || ',"run":' || CASE WHEN ${run.id} IS NULL THEN 'null' ELSE ${runJson(run)} END || '}')::json,
    'events.jobs.' || ${job}.id`
}

/** Writes events with the rows as the changes before it left them. */
export async function recordEvents(client: PoolClient, happenings: readonly Happening[]): Promise<void> {
  if (happenings.length === 0) return
  await query(
    client,
    'record-events',
    // Looked up one by one: for a handful of rows the planner would read whole tables that are not yet large.
    `INSERT INTO events (${EVENT_COLUMNS})
     SELECT ${eventOf('e.type', 'j', runColumns('r'))}
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
