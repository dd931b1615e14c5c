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
const JOB = `jsonb_build_object('id', j.id, 'name', j.name, 'state', j.state, 'version', j.version, 'priority', j.priority,
  'account', j.account, 'submittedBy', j.submitted_by, 'createdAt', ${iso('j.created_at')},
  'startedAt', ${iso('j.started_at')}, 'finishedAt', ${iso('j.finished_at')}, 'reason', j.reason,
  'cancelRequested', j.cancel_requested)`
const GPUS = `(SELECT coalesce(jsonb_agg(jsonb_build_object('id', gpu_id, 'uuid', gpu_uuid, 'model', model,
    'simulated', simulated) ORDER BY position), '[]') FROM run_gpus WHERE run_id = r.id)`
const RUN = `jsonb_build_object('id', r.id, 'attempt', r.attempt, 'state', r.state, 'epoch', r.lease_epoch,
  'workerId', r.worker_id, 'startedAt', ${iso('r.started_at')}, 'finishedAt', ${iso('r.finished_at')},
  'gpus', CASE WHEN r.gpu_id IS NULL THEN '[]' ELSE ${GPUS} END)`

/** Writes events in the transaction of the changes that they tell of, with the rows as those changes left them. */
export async function recordEvents(client: PoolClient, happenings: readonly Happening[]): Promise<void> {
  if (happenings.length === 0) return
  await query(
    client,
    'record-events',
    `INSERT INTO events (type, job_id, run_id, payload, subject)
     SELECT e.type, j.id, r.id,
       jsonb_build_object('job', ${JOB}, 'run', CASE WHEN r.id IS NOT NULL THEN ${RUN} END), 'events.jobs.' || j.id
     FROM unnest($1::text[], $2::uuid[], $3::uuid[]) WITH ORDINALITY e (type, job_id, run_id, n)
     JOIN jobs j ON j.id = e.job_id LEFT JOIN runs r ON r.id = e.run_id
     ORDER BY n`,
    [
      happenings.map(({ type }) => type),
      happenings.map(({ jobId }) => jobId),
      happenings.map(({ runId }) => runId ?? null),
    ],
  )
}
