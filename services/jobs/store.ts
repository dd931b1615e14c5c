// The jobs of a submission, stored with their events, what they wait for, and the key that they may be asked for by.
import { query } from '@constellation/platform/database.ts'
import type { Problem } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Pool, PoolClient } from 'pg'
import { enqueue } from './enqueue.ts'
import type { Job } from './entities.ts'
import { type SubmissionKey, takeKey } from './idempotency.ts'
import type { NewJob, Prepared } from './prepare.ts'
import { JOB } from './sql/columns.ts'
import { insertDependencies, lockNamed } from './sql/dependencies.ts'
import { lanesOf } from './sql/lanes.ts'
import { recordEvents } from './sql/record-events.ts'

/** Who submits, and by what. */
export interface Submission {
  who: Principal
  key: SubmissionKey | null
  /** The name of the schedule that submits. */
  schedule: string | null
}

/** A problem of a submission has a path that begins with the position of its input, such as `0.dependsOn.1`. */
export type Stored = { jobs: Job[] } | { problems: Problem[] } | 'key-taken'

/** The lanes of these jobs, made where they are missing: to be found before the transaction begins. */
export function findLanes(pool: Pool, { jobs }: Prepared): Promise<number[]> {
  return lanesOf(
    pool,
    jobs.map(({ lane }) => lane),
  )
}

/** In the caller's transaction; of anything but jobs, nothing was written. */
export async function store(
  client: PoolClient,
  prepared: Prepared,
  lanes: readonly number[],
  by: Submission,
): Promise<Stored> {
  const named = await lockNamed(client, by.who, prepared.others)
  if ('problems' in named) return named
  if (by.key) {
    const ids = prepared.jobs.map(({ id }) => id)
    if (!(await takeKey(client, by.key, ids))) return 'key-taken'
  }
  const jobs = await insertJobs(client, prepared.jobs, lanes, by)
  await insertDependencies(client, prepared.jobs)
  await enqueue(
    client,
    prepared.jobs.map(({ id, spec, waitsFor }) => ({
      jobId: id,
      waitingOn: [...waitsFor.keys()].filter((on) => !named.met.has(on)).length,
      notBefore: spec.startAt,
    })),
  )
  await recordEvents(
    client,
    jobs.map(({ id }) => ({ type: 'job.queued', jobId: id })),
  )
  return { jobs }
}

async function insertJobs(
  client: PoolClient,
  jobs: readonly NewJob[],
  lanes: readonly number[],
  by: Submission,
): Promise<Job[]> {
  const rows = await query<Job>(
    client,
    'insert-jobs',
    `INSERT INTO jobs AS j (id, name, params, priority, submitted_by, account, template, gpu_count, gpu_min_memory_mb,
                            gpu_model, gpu_min_capability, executor, lane_id, timeout_seconds, max_retries, preemptible, start_at,
                            array_id, array_index, array_size, schedule, dependencies)
     SELECT id, name, params, priority, $2, account, template, "gpuCount", "gpuMinMemoryMb",
            "gpuModel", "gpuMinCapability", executor, "laneId", "timeoutSeconds", "maxRetries", preemptible, "startAt",
            "arrayId", "arrayIndex", "arraySize", $3, dependencies
     FROM jsonb_to_recordset($1) AS n (id uuid, name text, params jsonb, priority integer, account text, template text,
       "gpuCount" integer, "gpuMinMemoryMb" integer, "gpuModel" text, "gpuMinCapability" integer, executor text, "laneId" integer,
       "timeoutSeconds" integer, "maxRetries" integer, preemptible boolean, "startAt" timestamptz,
       "arrayId" uuid, "arrayIndex" integer, "arraySize" integer, dependencies integer)
     RETURNING ${JOB}`,
    [JSON.stringify(jobs.map((job, i) => rowOf(job, lanes[i]))), by.who.id, by.schedule],
  )
  const stored = new Map(rows.map((row) => [row.id, row]))
  return jobs.flatMap(({ id }) => stored.get(id) ?? [])
}

function rowOf(
  { id, name, params, spec, account, template, array, waitsFor, lane }: NewJob,
  laneId: number | undefined,
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
  }
}
