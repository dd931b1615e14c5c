// The statements by which waiting jobs become a worker's runs.
import { query } from '@constellation/platform/database/database.ts'
import { noteSpan } from '@constellation/platform/tracing/trace.ts'
import type { Pool, PoolClient } from 'pg'
import type { Job, Run } from '../entities.ts'
import type { Placement } from '../policy/requests.ts'
import { READY } from './lanes.ts'
import { EVENT_COLUMNS, eventOf, type RunColumns } from './record-events.ts'
import type { KnownGpu } from './worker-gpus.ts'

/** A run that a worker was given, and what it needs to know of it. */
export interface Claim {
  job: Pick<Job, 'id' | 'name' | 'account' | 'params' | 'timeoutSeconds'>
  run: Pick<Run, 'id' | 'attempt' | 'leaseEpoch'>
  gpus: readonly KnownGpu[]
  /** What the run follows from, where that is traced. */
  traceparent: string | null
}

interface BoundRow extends Pick<Job, 'name' | 'account' | 'params' | 'timeoutSeconds'> {
  jobId: string
  runId: string
  attempt: number
  traceparent: string | null
  queuedAt: Date
}

const NEW_RUN: RunColumns = {
  id: 'job.run_id',
  attempt: 'job.attempts',
  state: `'claimed'`,
  workerId: '$3',
  startedAt: 'NULL',
  finishedAt: 'NULL',
}

/**
 * Takes the jobs out of the queue and gives each a run with a lease; those that another claim has locked or taken are
 * left out. There is never a second lease of a job, nor a second holder of a GPU: keys refuse them.
 */
export async function bindRuns(
  client: Pool | PoolClient,
  placements: readonly Placement<KnownGpu>[],
  workerId: string,
  leaseMs: number,
): Promise<Claim[]> {
  const rows = await query<BoundRow>(
    client,
    'bind-runs',
    `WITH taken AS (
       DELETE FROM queue WHERE ctid = ANY (ARRAY (
         SELECT ctid FROM queue WHERE job_id = ANY ($1) AND ${READY} FOR UPDATE SKIP LOCKED))
       RETURNING job_id, place
     ), job AS (
       UPDATE jobs j SET attempts = attempts + 1, version = version + 1, reason = NULL
       FROM taken t JOIN unnest($1::uuid[], $2::uuid[]) p (job_id, gpu_id) USING (job_id) WHERE j.id = t.job_id
       -- All of the row would be copied from step to step.
       RETURNING j.id, j.name, j.account, j.params, j.timeout_seconds, j.attempts, j.queued_at, j.preemptible, j.lane_id,
         j.priority, j.version, j.state, j.reason, j.cancel_requested, j.started_at, j.finished_at, j.traceparent,
         t.place, p.gpu_id, uuidv7() AS run_id
     ), run AS (
       INSERT INTO runs (id, job_id, gpu_id, attempt, worker_id, queued_at, lease_epoch)
       SELECT run_id, id, gpu_id, attempts, $3, queued_at, attempts FROM job
     ), lease AS (
       INSERT INTO leases (job_id, run_id, worker_id, epoch, until, lane_id, place, priority, preemptible, limit_at)
       SELECT id, run_id, $3, attempts, now() + $4 * interval '1 ms', lane_id, place, priority, preemptible,
         now() + timeout_seconds * interval '1 s'
       FROM job
     ), gpu AS (
       INSERT INTO run_gpus (run_id, position, gpu_id, gpu_uuid, model, simulated, account)
       SELECT job.run_id, g.position, g.gpu_id, g.gpu_uuid, g.model, g.simulated, job.account
       FROM jsonb_to_recordset($5) AS g (job_id uuid, position integer, gpu_id uuid, gpu_uuid text, model text, simulated boolean)
       JOIN job ON job.id = g.job_id
       -- In one order everywhere, so that two claims for the same GPUs do not wait for each other in a circle.
       ORDER BY g.gpu_id
     ), event AS (
       INSERT INTO events (${EVENT_COLUMNS}) SELECT ${eventOf(`'job.claimed'`, 'job', NEW_RUN)} FROM job
     )
     SELECT id AS "jobId", run_id AS "runId", attempts AS attempt, name, account, params, timeout_seconds AS "timeoutSeconds",
       traceparent, queued_at AS "queuedAt"
     FROM job`,
    [
      placements.map(({ jobId }) => jobId),
      placements.map(({ gpus }) => gpus[0]?.id ?? null),
      workerId,
      leaseMs,
      JSON.stringify(placements.flatMap(toHeldGpus)),
    ],
  )
  const bound = new Map(rows.map((row) => [row.jobId, row]))
  return placements.flatMap(({ jobId, gpus }) => {
    const row = bound.get(jobId)
    return row ? [toClaim(row, gpus)] : []
  })
}

function toClaim({ jobId, runId, attempt, traceparent, queuedAt, ...job }: BoundRow, gpus: readonly KnownGpu[]): Claim {
  noteSpan('wait in the queue', {
    parent: traceparent,
    from: queuedAt.getTime(),
    to: Date.now(),
    attributes: { 'constellation.job_id': jobId, 'constellation.attempt': attempt },
  })
  return { job: { id: jobId, ...job }, run: { id: runId, attempt, leaseEpoch: attempt }, gpus, traceparent }
}

function toHeldGpus({ jobId, gpus }: Placement<KnownGpu>) {
  return gpus.map(({ id, uuid, model, simulated }, position) => ({
    job_id: jobId,
    position,
    gpu_id: id,
    gpu_uuid: uuid,
    model,
    simulated,
  }))
}
