// The statement by which jobs come into being. All of it is one, so that a submission costs one turn to the database.
import { query } from '@constellation/platform/database/database.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { currentWork } from '@constellation/platform/tracing/trace.ts'
import type { Pool, PoolClient } from 'pg'
import type { Job } from '../entities.ts'
import { MINUTES_A_POINT } from '../policy/requests.ts'
import type { SubmissionKey } from '../submission/idempotency.ts'
import type { NewJob } from '../submission/prepare.ts'
import { JOB } from './columns.ts'
import { EVENT_COLUMNS, eventOf, NO_RUN } from './record-events.ts'

/** Who submits, and by what. */
export interface Submission {
  who: Principal
  key: SubmissionKey | null
  /** The name of the schedule that submits. */
  schedule: string | null
}

interface Insertion {
  jobs: readonly NewJob[]
  /** Of each job. */
  lanes: readonly number[]
  /** The jobs that are waited for, and that have ended as they should. */
  met: ReadonlySet<string>
  by: Submission
  /** True where `lockQuotas` has let them through: without that, nothing is stored for an account that has a limit. */
  withinQuotas: boolean
}

/**
 * Stores the jobs with what they wait for, their places in the queue and their events, and takes the key for them.
 * Null, and nothing stored, where another submission has the key, which has committed by then, or for want of `withinQuotas`.
 */
export async function insertJobs(client: Pool | PoolClient, insertion: Insertion): Promise<Job[] | null> {
  const { jobs, lanes, met, by, withinQuotas } = insertion
  const waits = jobs.flatMap(({ id, waitsFor }) => [...waitsFor].map(([on, rule]) => ({ id, on, rule })))
  const rows = await query<Job>(client, 'insert-jobs', INSERT, [
    JSON.stringify(jobs.map((job, i) => rowOf(job, lanes[i], met))),
    by.who.id,
    by.schedule,
    waits.map(({ id }) => id),
    waits.map(({ on }) => on),
    waits.map(({ rule }) => rule),
    by.key?.key ?? null,
    by.key?.digest ?? null,
    by.key?.keptMs ?? null,
    withinQuotas,
    currentWork()?.traceparent ?? null,
  ])
  if (rows.length === 0) return null
  const stored = new Map(rows.map((row) => [row.id, row]))
  return jobs.flatMap(({ id }) => stored.get(id) ?? [])
}

const INSERT = `WITH n AS MATERIALIZED (
    SELECT *, CASE WHEN "startAt" > now() THEN "startAt" END AS later
    FROM jsonb_to_recordset($1) AS n (id uuid, name text, params jsonb, priority integer, account text, template text,
      "gpuCount" integer, "gpuMinMemoryMb" integer, "gpuModel" text, "gpuMinCapability" integer, executor text,
      "laneId" integer, "timeoutSeconds" integer, "maxRetries" integer, preemptible boolean, "startAt" timestamptz,
      "arrayId" uuid, "arrayIndex" integer, "arraySize" integer, dependencies integer, "waitingOn" integer)
    WHERE $10::boolean OR NOT EXISTS (SELECT FROM accounts a WHERE a.account = n.account AND a.max_queued_jobs IS NOT NULL)
  ), key AS (
    INSERT INTO idempotency_keys AS k (submitted_by, key, digest, job_ids)
    SELECT $2, $7, $8::bytea, (SELECT array_agg(id) FROM n) WHERE $7::text IS NOT NULL AND EXISTS (SELECT FROM n)
    ON CONFLICT (submitted_by, key) DO UPDATE
      SET digest = excluded.digest, job_ids = excluded.job_ids, created_at = now()
      -- One that has ended may be taken, though it was not swept yet.
      WHERE k.created_at <= now() - $9::double precision * interval '1 ms'
    RETURNING 1
  ), job AS (
    INSERT INTO jobs (id, name, params, priority, submitted_by, account, template, gpu_count, gpu_min_memory_mb,
      gpu_model, gpu_min_capability, executor, lane_id, timeout_seconds, max_retries, preemptible, start_at,
      array_id, array_index, array_size, schedule, dependencies, traceparent)
    SELECT id, name, params, priority, $2, account, template, "gpuCount", "gpuMinMemoryMb",
      "gpuModel", "gpuMinCapability", executor, "laneId", "timeoutSeconds", "maxRetries", preemptible, "startAt",
      "arrayId", "arrayIndex", "arraySize", $3, dependencies, $11
    FROM n WHERE $7::text IS NULL OR EXISTS (SELECT FROM key)
    RETURNING *
  ), entry AS (
    INSERT INTO queue (job_id, lane_id, place, priority, timeout_seconds, waiting_on, not_before, why_not_before)
    -- A job does not grow older in the queue before its start time. Nothing is joined with what the statement has just
    -- written, as the planner takes that for a single row.
    SELECT id, "laneId", greatest(later, now()) - priority * interval '${MINUTES_A_POINT} minutes', priority,
      "timeoutSeconds", "waitingOn", later, CASE WHEN later IS NOT NULL THEN 'start_time' END
    FROM n WHERE $7::text IS NULL OR EXISTS (SELECT FROM key)
    RETURNING lane_id
  ), woken AS (
    UPDATE lanes SET active = true WHERE NOT active AND id IN (SELECT lane_id FROM entry)
  ), waits AS (
    INSERT INTO dependencies (job_id, on_job_id, rule)
    SELECT w.* FROM unnest($4::uuid[], $5::uuid[], $6::text[]) w (id, on_id, rule) WHERE EXISTS (SELECT FROM job)
  ), event AS (
    INSERT INTO events (${EVENT_COLUMNS}) SELECT ${eventOf(`'job.queued'`, 'job', NO_RUN)} FROM job
  )
  SELECT ${JOB} FROM job j`

function rowOf(
  { id, name, params, spec, account, template, array, waitsFor, lane }: NewJob,
  laneId: number | undefined,
  met: ReadonlySet<string>,
): object {
  const { priority, timeoutSeconds, maxRetries, preemptible, startAt } = spec
  return {
    id,
    name,
    params,
    priority,
    account,
    template,
    gpuCount: lane.gpuCount,
    gpuMinMemoryMb: lane.gpuMinMemoryMb,
    gpuModel: lane.gpuModel,
    gpuMinCapability: lane.gpuMinCapability,
    executor: lane.executor,
    laneId,
    timeoutSeconds,
    maxRetries,
    preemptible,
    startAt,
    arrayId: array?.id,
    arrayIndex: array?.index,
    arraySize: array?.size,
    dependencies: waitsFor.size,
    waitingOn: [...waitsFor.keys()].filter((on) => !met.has(on)).length,
  }
}
