// Reads the journals together at the end of a run of the harness.
import { readdir } from 'node:fs/promises'
import type pg from 'pg'
import type { EventRow, History, JobRow, LedgerRow, RunRow, Submit, View } from './history.ts'
import type { Planned } from './plan.ts'
import { readLogs } from './read-logs.ts'
import type { Rig } from './rig.ts'
import { readTruth } from './truth.ts'

/** The history of these jobs, which have ended or had the time to. */
export async function gather(
  rig: Rig,
  plan: readonly Planned[],
  { submits, views, limitMs }: { submits: readonly Submit[]; views: readonly View[]; limitMs: number },
): Promise<History> {
  const jobs = await readJobs(rig.jobs, plan)
  const ids = jobs.map((job) => job.id)
  const runs = await readRuns(rig.jobs, ids)
  return {
    submits,
    jobs,
    runs,
    events: await readEvents(rig.jobs, ids),
    truth: await readTruth(rig.truth, new Set(ids)),
    strangers: await readStrangers(rig),
    views,
    logs: await readLogs(rig, jobs, runs, plan),
    ledger: await readLedger(rig.usage, ids),
    limitMs,
  }
}

export async function readJobs(pool: pg.Pool, plan: readonly Planned[]): Promise<JobRow[]> {
  const { rows } = await pool.query<JobRow>(
    'SELECT id, name, state, version, reason FROM jobs WHERE name = ANY ($1) ORDER BY id',
    [plan.map(({ name }) => name)],
  )
  return rows
}

async function readStrangers({ jobs, truth }: Rig): Promise<string[]> {
  const { rows } = await jobs.query<{ id: string }>(
    'SELECT u.id FROM unnest($1::uuid[]) u (id) WHERE NOT EXISTS (SELECT FROM runs r WHERE r.id = u.id)',
    [await readdir(truth)],
  )
  return rows.map(({ id }) => id)
}

async function readRuns(pool: pg.Pool, jobIds: readonly string[]): Promise<RunRow[]> {
  const { rows } = await pool.query<RunRow>(
    `SELECT r.id, r.job_id AS "jobId", r.attempt, r.lease_epoch AS epoch, r.state,
       (extract(epoch FROM r.started_at) * 1000)::double precision AS "startedAt",
       (extract(epoch FROM r.finished_at) * 1000)::double precision AS "finishedAt",
       ARRAY(SELECT g.gpu_uuid FROM run_gpus g WHERE g.run_id = r.id ORDER BY g.position) AS gpus
     FROM runs r WHERE r.job_id = ANY ($1) ORDER BY r.job_id, r.attempt`,
    [jobIds],
  )
  return rows
}

async function readEvents(pool: pg.Pool, jobIds: readonly string[]): Promise<EventRow[]> {
  const { rows } = await pool.query<EventRow>(
    `SELECT 'jobs-' || id AS id, type, job_id AS "jobId", payload -> 'job' ->> 'state' AS "jobState",
       (payload -> 'job' -> 'version')::integer AS version, published_at IS NOT NULL AS published,
       CASE WHEN jsonb_typeof(payload -> 'run') = 'object' THEN jsonb_build_object(
         'id', payload -> 'run' -> 'id', 'state', payload -> 'run' -> 'state', 'epoch', payload -> 'run' -> 'epoch',
         'gpus', jsonb_path_query_array(payload, '$.run.gpus[*].uuid')) END AS run
     FROM event_messages WHERE job_id = ANY ($1) ORDER BY event_messages.id`,
    [jobIds],
  )
  return rows
}

async function readLedger(pool: pg.Pool, jobIds: readonly string[]): Promise<LedgerRow[]> {
  const { rows } = await pool.query<LedgerRow>(
    `SELECT r.run_id AS "runId",
       (extract(epoch FROM r.started_at) * 1000)::double precision AS "startedAt",
       (extract(epoch FROM r.finished_at) * 1000)::double precision AS "finishedAt",
       (SELECT count(*)::integer FROM run_gpus g WHERE g.run_id = r.run_id) AS gpus,
       (e.payload -> 'gpuMicroseconds')::double precision AS "gpuMicroseconds"
     FROM runs r LEFT JOIN events e ON e.run_id = r.run_id WHERE r.job_id = ANY ($1)`,
    [jobIds],
  )
  return rows
}
