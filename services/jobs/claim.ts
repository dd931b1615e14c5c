// A worker takes runs: the jobs that fit the GPUs it offers, each with a lease of a new epoch.
import { inTransaction, isUniqueViolation, query } from '@constellation/platform/database.ts'
import { invalidInput } from '@constellation/platform/errors.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import type { PoolClient } from 'pg'
import * as v from 'valibot'
import type { Context } from './context.ts'
import type { Job, Run, RunGpu } from './entities.ts'
import type { ClaimRunsInput } from './generated/resolvers.ts'
import { type Candidate, type Placement, place } from './policy.ts'
import { problemsOf } from './spec.ts'
import { JOB, RUN } from './sql/columns.ts'
import { recordEvents } from './sql/record-events.ts'

const offer = v.object({
  cpuSlots: v.pipe(v.number(), v.minValue(0, 'must be at least 0'), v.maxValue(1000, 'must be at most 1000')),
  gpus: v.pipe(
    v.array(
      v.object({
        id: v.pipe(v.string(), v.uuid('must be the id that registering gave')),
        uuid: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
        model: v.pipe(v.string(), v.maxLength(200)),
        memoryMb: v.pipe(v.number(), v.minValue(0)),
        simulated: v.boolean(),
      }),
    ),
    v.maxLength(64, 'must be at most 64'),
  ),
})
type Gpu = v.InferOutput<typeof offer>['gpus'][number]

/** More than there are GPUs, as not every job at the head of the queue fits those that are left. */
const LOOK_AHEAD = 20

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
  const { gpus, cpuSlots } = checked.output
  try {
    const claims = await inTransaction(pool, async (client) => {
      const free = await withoutHeld(client, gpus)
      // Looked for apart, so that neither kind stands in the way of the other.
      const withGpus = free.length > 0 ? await headOfGpuQueue(client, free, free.length + LOOK_AHEAD) : []
      const without = cpuSlots > 0 ? await headOfCpuQueue(client, cpuSlots) : []
      const placements = place([...withGpus, ...without], free)
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

/** The offered GPUs without those that a live run holds: the worker's view may be older than ours. */
async function withoutHeld(client: PoolClient, gpus: readonly Gpu[]): Promise<Gpu[]> {
  if (gpus.length === 0) return []
  const held = await query<{ gpu_id: string }>(
    client,
    'held-gpus',
    'SELECT gpu_id FROM run_gpus WHERE held AND gpu_id = ANY($1)',
    [gpus.map((gpu) => gpu.id)],
  )
  const taken = new Set(held.map((row) => row.gpu_id))
  return gpus.filter((gpu) => !taken.has(gpu.id.toLowerCase()))
}

const CANDIDATE = 'id, gpu_count AS "gpuCount", gpu_min_memory_mb AS "gpuMinMemoryMb", gpu_model AS "gpuModel"'

/** The jobs to be served first of those that some of these GPUs could serve, locked against other claims. */
async function headOfGpuQueue(client: PoolClient, free: readonly Gpu[], limit: number): Promise<Candidate[]> {
  return query<Candidate>(
    client,
    'head-of-gpu-queue',
    `SELECT ${CANDIDATE} FROM jobs
     WHERE state = 'queued' AND current_run_id IS NULL
       AND gpu_count > 0 AND gpu_count <= $1
       AND EXISTS (
         SELECT FROM jsonb_to_recordset($2) AS g (model text, "memoryMb" integer)
         WHERE "memoryMb" >= gpu_min_memory_mb AND strpos(lower(model), lower(gpu_model)) > 0)
     ORDER BY priority DESC, queued_at, id
     LIMIT $3
     FOR UPDATE SKIP LOCKED`,
    [free.length, JSON.stringify(free), limit],
  )
}

/** The jobs to be served first of those that need no GPU, locked likewise. */
async function headOfCpuQueue(client: PoolClient, limit: number): Promise<Candidate[]> {
  return query<Candidate>(
    client,
    'head-of-cpu-queue',
    `SELECT ${CANDIDATE} FROM jobs
     WHERE state = 'queued' AND current_run_id IS NULL AND gpu_count = 0
     ORDER BY priority DESC, queued_at, id
     LIMIT $1
     FOR UPDATE SKIP LOCKED`,
    [limit],
  )
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
  const rows = claims.flatMap(({ run, gpus }) => gpus.map((gpu, i) => held(run, gpu, i)))
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
