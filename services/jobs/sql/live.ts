// The statements on runs that live, and on their end.
import { query } from '@constellation/platform/database/database.ts'
import type { JobEventType } from '@constellation/platform/events/job-event.ts'
import type { PoolClient } from 'pg'
import type { JobParams, RunMetrics } from '../entities.ts'
import type { RunOutcome } from '../generated/resolvers.ts'
import { MINUTES_A_POINT } from '../policy/requests.ts'
import type { JobState, RunState } from '../state.ts'
import { EVENT_COLUMNS, eventOf, type RunColumns } from './record-events.ts'

/** A run that holds a lease, and what of its job decides what becomes of it. */
export interface LiveRun {
  runId: string
  jobId: string
  workerId: string
  epoch: number
  runState: RunState
  jobState: JobState
  cancelRequested: boolean
  failures: number
  maxRetries: number
  timeoutSeconds: number | null
  retry: JobParams['retry'] | null
  gpuCount: number
}

/** Those of these runs that live. Nothing is locked: ending them finds out whether anything has changed since. */
export async function findLive(client: PoolClient, runIds: readonly string[]): Promise<LiveRun[]> {
  return query<LiveRun>(
    client,
    'find-live',
    `SELECT r.id AS "runId", l.job_id AS "jobId", l.worker_id AS "workerId", l.epoch, r.state AS "runState", j.state AS "jobState",
       j.cancel_requested AS "cancelRequested", j.failures, j.max_retries AS "maxRetries",
       j.timeout_seconds AS "timeoutSeconds", j.params -> 'retry' AS retry, j.gpu_count AS "gpuCount"
     -- Looked up one by one: for a handful of rows the planner would read whole tables that are not yet large.
     FROM unnest($1::uuid[]) u (run_id) CROSS JOIN LATERAL (SELECT id, job_id, state FROM runs WHERE id = u.run_id OFFSET 0) r
     CROSS JOIN LATERAL (SELECT * FROM leases WHERE job_id = r.job_id AND run_id = r.id OFFSET 0) l
     CROSS JOIN LATERAL (SELECT * FROM jobs WHERE id = r.job_id OFFSET 0) j`,
    [runIds],
  )
}

/** An end as it is written. `cancelRequested` is what the decision was made with. */
export interface WrittenEnd {
  runId: string
  jobId: string
  cancelRequested: boolean
  runState: RunState
  jobState: JobState
  outcome: RunOutcome | null
  exitCode: number | null
  signal: string | null
  reason: string | null
  metrics: RunMetrics | null
  logChunks: number
  event: JobEventType
  /** True where its process ran, although its start may not have been heard of. */
  ran: boolean
  /** How long ago, in milliseconds. */
  endedMsAgo: number
  usesRetry: boolean
  /** How long the next attempt waits, in milliseconds; null where none follows, or at once. */
  retryInMs: number | null
}

const ENDED_RUN: RunColumns = {
  id: 'job.run_id',
  attempt: 'job.attempt',
  state: 'job.run_state',
  workerId: 'job.worker_id',
  startedAt: 'job.run_started_at',
  finishedAt: 'job.run_finished_at',
}

/**
 * Ends runs and their leases, frees their GPUs, ends their jobs or queues them again, and writes the events. Whoever removes the lease
 * ends the run. Returns the jobs that were written: one that is missing was ended, or asked to end, by somebody else
 * meanwhile, and then the transaction must be undone.
 */
export async function writeEnds(client: PoolClient, ends: readonly WrittenEnd[]): Promise<string[]> {
  const rows = await query<{ jobId: string }>(
    client,
    'write-ends',
    `WITH e AS MATERIALIZED (
       SELECT * FROM jsonb_to_recordset($1) AS e ("runId" uuid, "jobId" uuid, "cancelRequested" boolean, "runState" text,
         "jobState" text, outcome text, "exitCode" integer, signal text, reason text, metrics jsonb, "logChunks" integer,
         event text, ran boolean, "endedMsAgo" double precision, "usesRetry" boolean, "retryInMs" double precision)
     ), lease AS (
       -- One by one through the key: there are few leases, among many that have gone and were not cleared away yet.
       DELETE FROM leases WHERE ctid = ANY (ARRAY (SELECT found.ctid FROM e CROSS JOIN LATERAL (
         SELECT l.ctid FROM leases l WHERE l.job_id = e."jobId" AND l.run_id = e."runId" OFFSET 0) found))
       RETURNING job_id, place
     ), run AS (
       UPDATE runs r SET state = e."runState", exit_code = e."exitCode", signal = e.signal, reason = e.reason,
         metrics = e.metrics, log_chunks = e."logChunks", outcome = e.outcome, idle_since = NULL,
         -- A process whose start was never heard of held its GPUs from the claim on.
         started_at = coalesce(started_at, CASE WHEN e.ran THEN claimed_at END),
         finished_at = greatest(now() - e."endedMsAgo" * interval '1 ms', started_at, claimed_at)
       FROM e JOIN lease ON lease.job_id = e."jobId" WHERE r.id = e."runId"
       RETURNING r.id, r.job_id, r.attempt, r.state, r.worker_id, r.started_at, r.finished_at, lease.place
     ), freed AS (
       UPDATE run_gpus SET held = false, ended = CASE WHEN e.outcome = 'GPU_FAILED' THEN 'gpu_failed' ELSE e."runState" END
       FROM e WHERE run_id = e."runId" AND held
     ), job AS (
       UPDATE jobs j SET state = e."jobState", reason = e.reason, version = version + 1,
         failures = failures + e."usesRetry"::integer,
         unsuccessful = e."jobState" IN ('failed', 'cancelled'),
         queued_at = CASE WHEN e."jobState" = 'queued' THEN now() ELSE j.queued_at END,
         started_at = CASE WHEN e."jobState" <> 'queued' THEN run.started_at END,
         finished_at = CASE WHEN e."jobState" <> 'queued' THEN run.finished_at END
       FROM e JOIN run ON run.job_id = e."jobId"
       WHERE j.id = e."jobId" AND j.cancel_requested = e."cancelRequested"
       RETURNING j.id, j.version, j.state, j.reason, j.cancel_requested, j.started_at, j.finished_at, j.lane_id, j.priority,
         j.timeout_seconds, run.place, e."usesRetry", e."retryInMs", e.event, run.id AS run_id, run.attempt, run.state AS run_state,
         run.worker_id, run.started_at AS run_started_at, run.finished_at AS run_finished_at
     ), again AS (
       INSERT INTO queue (job_id, lane_id, place, priority, timeout_seconds, not_before, why_not_before)
       SELECT id, lane_id, CASE WHEN "usesRetry" THEN now() - priority * interval '${MINUTES_A_POINT} minutes' ELSE place END, priority,
         timeout_seconds, now() + "retryInMs" * interval '1 ms', CASE WHEN "retryInMs" IS NOT NULL THEN 'backoff' END
       FROM job WHERE state = 'queued'
       RETURNING lane_id
     ), event AS (
       INSERT INTO events (${EVENT_COLUMNS})
       SELECT ${eventOf('event', 'job', ENDED_RUN)} FROM job
     ), woken AS (
       UPDATE lanes SET active = true WHERE NOT active AND id IN (SELECT lane_id FROM again)
     )
     SELECT id AS "jobId" FROM job`,
    [JSON.stringify(ends)],
  )
  return rows.map(({ jobId }) => jobId)
}
