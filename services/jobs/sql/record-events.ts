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
const runJson = (r: string, gpus: string) => `(SELECT to_json(x) FROM (SELECT ${r}.id, ${r}.attempt, ${r}.state,
  ${r}.lease_epoch AS epoch, ${r}.worker_id AS "workerId", ${iso(`${r}.started_at`)} AS "startedAt",
  ${iso(`${r}.finished_at`)} AS "finishedAt", ${gpus} AS gpus) x)::text`

/** The GPUs of a run, as its event tells of them. */
export const gpusJson = (r: string) => `CASE WHEN ${r}.gpu_id IS NULL THEN '[]' ELSE (
  SELECT json_agg(json_build_object('id', gpu_id, 'uuid', gpu_uuid, 'model', model, 'simulated', simulated) ORDER BY position)
  FROM run_gpus WHERE run_id = ${r}.id) END`

/** The columns of `events` that `eventOf` gives. */
export const EVENT_COLUMNS = 'type, job_id, run_id, payload, subject'

/** An event, as SQL: `job` has the columns of a job's row, `run` those of a run's, or is null where there is none. */
export function eventOf(type: string, job: string, run: { row: string; gpus: string } | null): string {
  const runText = run ? `CASE WHEN ${run.row}.id IS NULL THEN 'null' ELSE ${runJson(run.row, run.gpus)} END` : `'null'`
  return `${type}, ${job}.id, ${run ? `${run.row}.id` : 'NULL::uuid'},
    ('{"job":' || ${jobJson(job)} || ',"run":' || ${runText} || '}')::json, 'events.jobs.' || ${job}.id`
}

/** Writes events with the rows as the changes before it left them. */
export async function recordEvents(client: PoolClient, happenings: readonly Happening[]): Promise<void> {
  if (happenings.length === 0) return
  await query(
    client,
    'record-events',
    // Looked up one by one: for a handful of rows the planner would read whole tables that are not yet large.
    `INSERT INTO events (${EVENT_COLUMNS})
     SELECT ${eventOf('e.type', 'j', { row: 'r', gpus: gpusJson('r') })}
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
