// A worker takes runs: the jobs that fit the GPUs it offers, each with a lease of a new epoch.
import { inTransaction, isUniqueViolation, query } from '@constellation/platform/database.ts'
import { invalidInput } from '@constellation/platform/errors.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import type { PoolClient, QueryResultRow } from 'pg'
import * as v from 'valibot'
import type { Context } from './context.ts'
import type { Job, Run, RunGpu } from './entities.ts'
import type { ClaimRunsInput } from './generated/resolvers.ts'
import { couldServe, type FreeGpu, type Placement, place } from './policy.ts'
import { problemsOf } from './spec.ts'
import { JOB, RUN } from './sql/columns.ts'
import { recordEvents } from './sql/record-events.ts'
import { headOfGpuQueue, lockHeadOfCpuQueue, lockWaiting, waitingShapes } from './sql/waiting.ts'

const offer = v.object({
  cpuSlots: v.pipe(v.number(), v.minValue(0, 'must be at least 0'), v.maxValue(1000, 'must be at most 1000')),
  gpuIds: v.pipe(
    v.array(v.pipe(v.string(), v.uuid('must be the id that registering gave'), v.toLowerCase())),
    v.maxLength(64, 'must be at most 64'),
  ),
})

/** A GPU as it is known here, whatever its worker says. */
interface Gpu extends FreeGpu {
  uuid: string
  simulated: boolean
}

export interface Claim {
  job: Job
  run: Run
  gpus: Gpu[]
}

/** Gives runs to the worker, in the queue's order; none where nothing fits. */
export async function claimRuns({ who, pool, announce, leaseMs }: Context, input: ClaimRunsInput): Promise<Claim[]> {
  requireRole(who, 'worker')
  const checked = v.safeParse(offer, input)
  if (!checked.success) throw invalidInput(problemsOf(checked.issues))
  const { gpuIds, cpuSlots } = checked.output
  try {
    const claims = await inTransaction(pool, async (client) => {
      const free = await freeGpus(client, who.id, gpuIds)
      // Looked for apart, so that neither kind stands in the way of the other.
      const withGpus = await placeOnGpus(client, free)
      const without = cpuSlots > 0 ? await lockHeadOfCpuQueue(client, cpuSlots) : []
      const placements = [...withGpus, ...without.map(({ id }) => ({ jobId: id, gpus: [] }))]
      return placements.length > 0 ? bind(client, placements, who.id, leaseMs) : []
    })
    if (claims.length > 0) announce.changed()
    return claims
  } catch (error) {
    // Another claim of this worker bound one of the same GPUs at this moment: it has been served.
    if (isUniqueViolation(error)) return []
    throw error
  }
}

/** The offered GPUs that are this worker's, and that no live run holds: the worker's view may be older than ours. */
async function freeGpus(client: PoolClient, workerId: string, ids: readonly string[]): Promise<Gpu[]> {
  if (ids.length === 0) return []
  return query<Gpu & QueryResultRow>(
    client,
    'free-gpus-of-worker',
    `SELECT gpu_id AS id, gpu_uuid AS uuid, model, memory_mb AS "memoryMb", simulated
     FROM known_gpus k
     WHERE gpu_id = ANY ($2) AND worker_id = $1 AND present
       AND NOT EXISTS (SELECT FROM run_gpus g WHERE g.held AND g.gpu_id = k.gpu_id)`,
    [workerId, ids],
  )
}

/**
 * Which waiting jobs go on the free GPUs; those jobs are locked. Others may claim at the same time: a job that
 * one of them was quicker to lock is left out, and its GPUs are offered again.
 */
async function placeOnGpus(client: PoolClient, offered: readonly Gpu[]): Promise<Placement<Gpu>[]> {
  const placements: Placement<Gpu>[] = []
  const seen: string[] = []
  let free = offered
  let shapes = free.length > 0 ? await waitingShapes(client) : []
  for (;;) {
    shapes = shapes.filter((shape) => couldServe(free, shape))
    if (shapes.length === 0) return placements
    const wanted = place(await headOfGpuQueue(client, shapes, free.length, seen), free)
    if (wanted.length === 0) return placements
    const ids = wanted.map(({ jobId }) => jobId)
    const locked = await lockWaiting(client, ids)
    const ours = wanted.filter(({ jobId }) => locked.has(jobId))
    placements.push(...ours)
    if (ours.length === wanted.length) return placements
    seen.push(...ids)
    free = free.filter((gpu) => !ours.some(({ gpus }) => gpus.includes(gpu)))
  }
}

/** Writes the runs with their GPUs and leases. Unique indexes refuse a second live run of a job or on a GPU. */
async function bind(
  client: PoolClient,
  placements: readonly Placement<Gpu>[],
  workerId: string,
  leaseMs: number,
): Promise<Claim[]> {
  const runs = await query<Run>(
    client,
    'insert-runs',
    `INSERT INTO runs AS r (job_id, gpu_id, attempt, worker_id, queued_at, lease_epoch, lease_until)
     SELECT j.id, p.gpu_id, j.attempts + 1, $2, j.queued_at, j.attempts + 1, now() + $3 * interval '1 ms'
     FROM jsonb_to_recordset($1) AS p (job_id uuid, gpu_id uuid) JOIN jobs j ON j.id = p.job_id
     RETURNING ${RUN}`,
    [
      JSON.stringify(placements.map(({ jobId, gpus }) => ({ job_id: jobId, gpu_id: gpus[0]?.id ?? null }))),
      workerId,
      leaseMs,
    ],
  )
  const runOf = new Map(runs.map((run) => [run.jobId, run]))
  const jobs = await query<Job>(
    client,
    'bind-jobs',
    `UPDATE jobs AS j SET current_run_id = r.id, attempts = r.attempt, version = j.version + 1, reason = NULL
     FROM runs r WHERE r.id = ANY($1) AND j.id = r.job_id RETURNING ${JOB}`,
    [runs.map((run) => run.id)],
  )
  const jobOf = new Map(jobs.map((job) => [job.id, job]))
  const claims = placements.flatMap(({ jobId, gpus }) => {
    const run = runOf.get(jobId)
    const job = jobOf.get(jobId)
    return run && job ? [{ job, run, gpus }] : []
  })
  await holdGpus(client, claims)
  await recordEvents(
    client,
    claims.map(({ job, run, gpus }) => ({
      type: 'job.claimed',
      job,
      run: { run, gpus: gpus.map((gpu, i) => held(run, gpu, i)) },
    })),
  )
  return claims
}

async function holdGpus(client: PoolClient, claims: readonly Claim[]): Promise<void> {
  // In one order everywhere, so that two claims for the same GPUs do not wait for each other in a circle.
  const rows = claims
    .flatMap(({ run, gpus }) => gpus.map((gpu, i) => held(run, gpu, i)))
    .toSorted((a, b) => (a.gpuId < b.gpuId ? -1 : 1))
  if (rows.length === 0) return
  await query(
    client,
    'hold-gpus',
    `INSERT INTO run_gpus (run_id, position, gpu_id, gpu_uuid, model, simulated)
     SELECT "runId", position, "gpuId", "gpuUuid", model, simulated
     FROM jsonb_to_recordset($1)
       AS g ("runId" uuid, position integer, "gpuId" uuid, "gpuUuid" text, model text, simulated boolean)`,
    [JSON.stringify(rows)],
  )
}

function held(run: Run, gpu: Gpu, position: number): RunGpu {
  return {
    runId: run.id,
    position,
    gpuId: gpu.id,
    gpuUuid: gpu.uuid,
    model: gpu.model,
    simulated: gpu.simulated,
    held: true,
  }
}
