// What the workers that are online have, what holds it, and how long runs took of late: read to explain the queue.
import { query } from '@constellation/platform/database/database.ts'
import type { PoolClient } from 'pg'
import { type Durations, expectedRest, type Running } from '../policy/durations.ts'
import type { Reservation } from '../policy/foresee.ts'
import type { Machine, OutGpu } from '../policy/machines.ts'
import { ANY_KEEPER } from '../policy/order.ts'
import type { Waiting, WorkerGpu } from '../policy/requests.ts'
import { KEPT_MS } from './lanes.ts'
import type { Kind } from './queue-lanes.ts'
import { type Sighting, workersOnline } from './sightings.ts'

/** What a live run is, as SQL: `k` is its lease, `l` its lane. */
const RUNNING = `k.lane_id AS "laneId", l.account,
  (extract(epoch FROM now() - k.claimed_at) * 1000)::double precision AS "elapsedMs",
  (extract(epoch FROM k.limit_at - k.claimed_at) * 1000)::double precision AS "limitMs"`

interface RunningRow extends Omit<Running, 'limitMs'> {
  workerId: string
  limitMs: number | null
}

interface GpuRow extends Omit<WorkerGpu, 'freeInMs'>, Omit<RunningRow, 'laneId'> {
  laneId: number | null
  held: boolean
  uuid: string
  inService: boolean
  whyNot: string | null
}

/**
 * The workers that are online, by name, with their GPUs or their slots; of the other kind they have none here.
 * `leaseMs` is what a renewed lease lasts.
 */
export async function readMachines(
  client: PoolClient,
  kind: Kind,
  durations: Durations,
  leaseMs: number,
): Promise<Machine[]> {
  const workers = await workersOnline(client, leaseMs)
  const names = workers.map(({ workerId }) => workerId)
  const gpus = Map.groupBy(kind === 'gpus' ? await readGpus(client, names) : [], ({ workerId }) => workerId)
  const runs = Map.groupBy(kind === 'slots' ? await readSlotRuns(client, names) : [], ({ workerId }) => workerId)
  return workers.map(({ slots, ...worker }) => {
    const all = kind === 'slots' ? slotsOf(slots, runs.get(worker.workerId) ?? [], durations) : []
    return toMachine(worker, gpus.get(worker.workerId) ?? [], all, durations)
  })
}

/** Of a worker that is out of service, all is. */
function toMachine(
  { inService, whyNot, ...worker }: Omit<Sighting, 'slots'>,
  gpus: readonly GpuRow[],
  slots: readonly number[],
  durations: Durations,
): Machine {
  const usable = gpus.filter((gpu) => inService && gpu.inService)
  return {
    ...worker,
    gpus: usable.map((gpu) => toGpu(gpu, durations)),
    slots: inService ? slots : [],
    outOfService: {
      whyNot: inService ? null : (whyNot ?? UNSAID),
      gpus: gpus.filter((gpu) => !usable.includes(gpu)).map(toOutGpu),
      slots: inService ? 0 : slots.length,
    },
  }
}

/** Where nobody has said why. */
const UNSAID = 'No reason is known.'

function toOutGpu({ id, uuid, model, memoryMb, capability, whyNot }: GpuRow): OutGpu {
  return { id, uuid, model, memoryMb, capability, whyNot: whyNot ?? UNSAID }
}

function readGpus(client: PoolClient, workers: readonly string[]): Promise<GpuRow[]> {
  return query<GpuRow>(
    client,
    'gpus-online',
    `SELECT g.worker_id AS "workerId", g.gpu_id AS id, g.gpu_uuid AS uuid, g.model, g.memory_mb AS "memoryMb",
       g.compute_capability AS capability, g.in_service AS "inService", g.why_not AS "whyNot",
       h.gpu_id IS NOT NULL AS held, ${RUNNING}
     FROM known_gpus g LEFT JOIN run_gpus h ON h.held AND h.gpu_id = g.gpu_id
     LEFT JOIN runs r ON r.id = h.run_id LEFT JOIN leases k ON k.job_id = r.job_id LEFT JOIN lanes l ON l.id = k.lane_id
     WHERE g.present AND g.worker_id = ANY ($1) ORDER BY g.gpu_id`,
    [workers],
  )
}

function toGpu(row: GpuRow, durations: Durations): WorkerGpu {
  const { id, model, memoryMb, capability, held, laneId, limitMs, ...run } = row
  const rest = laneId === null ? Infinity : restOf({ ...run, laneId, limitMs }, durations)
  return { id, model, memoryMb, capability, freeInMs: held ? rest : 0 }
}

/** More slots than these are not told apart. */
const MOST_RUNS = 10_000

function readSlotRuns(client: PoolClient, workers: readonly string[]): Promise<RunningRow[]> {
  return query<RunningRow>(
    client,
    'slots-online',
    `SELECT k.worker_id AS "workerId", ${RUNNING} FROM leases k JOIN lanes l ON l.id = k.lane_id
     WHERE l.gpu_count = 0 AND k.worker_id = ANY ($1) LIMIT ${MOST_RUNS}`,
    [workers],
  )
}

function slotsOf(slots: number, running: readonly RunningRow[], durations: Durations): number[] {
  const free = Array.from({ length: Math.max(0, slots - running.length) }, () => 0)
  return [...free, ...running.map((run) => restOf(run, durations))]
}

function restOf({ limitMs, ...run }: RunningRow, durations: Durations): number {
  return expectedRest({ ...run, limitMs: limitMs ?? Infinity }, durations)
}

/** So many of the runs that were claimed last are looked at. */
const LOOK_BACK = 2_000

/** How long those of this kind took that have ended by themselves. */
export async function readDurations(client: PoolClient, kind: Kind): Promise<Durations> {
  const rows = await query<{ laneId: number; account: string; ms: number[] }>(
    client,
    'recent-durations',
    `SELECT j.lane_id AS "laneId", j.account,
       array_agg((extract(epoch FROM r.finished_at - r.started_at) * 1000)::double precision) AS ms
     FROM (SELECT job_id, state, started_at, finished_at FROM runs ORDER BY id DESC LIMIT ${LOOK_BACK}) r JOIN jobs j ON j.id = r.job_id
     WHERE r.state IN ('completed', 'failed') AND r.started_at IS NOT NULL AND (j.gpu_count > 0) = $1
     GROUP BY 1, 2`,
    [kind === 'gpus'],
  )
  const ofAccount = Map.groupBy(rows, ({ account }) => account)
  return {
    ofLane: new Map(rows.map(({ laneId, ms }) => [laneId, ms])),
    ofAccount: new Map([...ofAccount].map(([account, samples]) => [account, samples.flatMap(({ ms }) => ms)])),
  }
}

/** GPUs that are kept for a job of this lane, which waits for them. */
export interface KeptJob extends Reservation {
  laneId: number
  job: Waiting
}

/** Where no time limit tells when there will be enough, that is infinite. */
export async function readKept(client: PoolClient): Promise<KeptJob[]> {
  const rows = await query<{
    jobId: string
    laneId: number
    workerId: string
    place: number
    limit: number | null
    readyInMs: number | null
  }>(
    client,
    'kept-now',
    `SELECT q.job_id AS "jobId", q.lane_id AS "laneId", r.worker_id AS "workerId", q.timeout_seconds AS limit,
       (extract(epoch FROM q.place) * 1000)::double precision AS place,
       greatest(0, extract(epoch FROM r.ready_at - now()) * 1000)::double precision AS "readyInMs"
     FROM reservations r JOIN queue q USING (job_id)
     WHERE r.renewed_at > now() - interval '${KEPT_MS} ms' AND q.waiting_on = 0 AND q.not_before IS NULL`,
  )
  return rows.map(({ jobId, laneId, workerId, place, limit, readyInMs }) => ({
    laneId,
    workerId,
    readyInMs: readyInMs ?? Infinity,
    job: { jobId, place, limitMs: limit === null ? Infinity : limit * 1000, keptBy: ANY_KEEPER },
  }))
}

/** How many live runs each of these accounts has. */
export async function runsOfAccounts(client: PoolClient, accounts: readonly string[]): Promise<Map<string, number>> {
  const rows = await query<{ account: string; runs: number }>(
    client,
    'runs-of-accounts',
    `SELECT l.account, count(*)::integer AS runs FROM leases k JOIN lanes l ON l.id = k.lane_id
     WHERE l.account = ANY ($1) GROUP BY l.account`,
    [accounts],
  )
  return new Map(rows.map(({ account, runs }) => [account, runs]))
}
