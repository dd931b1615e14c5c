// What the tests of this service share: a context on a database of their own, workers with GPUs, and their reports.
import { cloneDatabase } from '@constellation/local/testing.ts'
import { type Database, openDatabase } from '@constellation/platform/database/database.ts'
import { type GpuProcess, type GpuSample, NO_METRICS } from '@constellation/platform/events/telemetry.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { type Context, createContext } from './context.ts'
import { GpuEntity, WorkerEntity } from './entities.ts'
import type { GpuHealthInput, RegisterGpuInput } from './generated/resolvers.ts'
import { faultsOfGpu } from './health/fault-loaders.ts'
import { reportGpuHealth } from './health/report-health.ts'
import { registerWorker } from './registration/register.ts'
import type { LastSeen } from './telemetry/telemetry.ts'

export const log = createLogger('test', 'silent')

export const alice: Principal = { id: 'alice', role: 'user', accounts: ['team-a'] }
export const analyst: Principal = { id: 'ann', role: 'analyst', accounts: [] }
export const operator: Principal = { id: 'otto', role: 'operator', accounts: [] }
export const admin: Principal = { id: 'ada', role: 'admin', accounts: [] }
export const workerOf = (id: string): Principal => ({ id, role: 'worker', accounts: [] })

/** A database of the test file's own, and contexts on it. */
export interface Bench {
  database: Database
  as(who: Principal): Context
  /** What telemetry has told last, by GPU; what is not there is not known. */
  samples: Map<string, Pick<GpuSample, 'runId'>>
  processes: GpuProcess[]
  /** How often was told that there are events. */
  told: { times: number }
  close(): Promise<void>
}

export async function openBench(): Promise<Bench> {
  const own = await cloneDatabase()
  const database = await openDatabase(own.urls.gpus, { schema: 'gpus', entities: [WorkerEntity, GpuEntity], log })
  const samples: Bench['samples'] = new Map()
  const processes: GpuProcess[] = []
  const told = { times: 0 }
  const lastSeen: LastSeen = {
    sample: (_, gpuId) => {
      const known = samples.get(gpuId)
      return known ? { gpuId, at: new Date().toISOString(), ...NO_METRICS, ...known } : null
    },
    processes: (_, gpuId) => processes.filter((process) => process.gpuId === gpuId),
  }
  const changed = () => {
    told.times += 1
  }
  return {
    database,
    as: (who) => createContext(database, { changed, lastSeen }, who),
    samples,
    processes,
    told,
    async close() {
      await database.orm.close(true)
      await own.drop()
    },
  }
}

export const card = (uuid: string, index = 0, changes: Partial<RegisterGpuInput> = {}): RegisterGpuInput => ({
  uuid,
  name: 'NVIDIA A100-SXM4-80GB',
  index,
  totalMemoryMb: 81_920,
  computeCapability: '8.0',
  driverVersion: '580.1',
  simulated: false,
  ...changes,
})

export const host = (gpus: RegisterGpuInput[]) => ({ hostname: 'box', version: '0.1.0', gpus })

let cards = 0

/** Registers a worker with so many GPUs that nobody has seen before, and returns their ids in order. */
export async function registered(bench: Bench, workerId: string, count = 1): Promise<string[]> {
  const gpus = Array.from({ length: count }, (_, index) => card(`GPU-${++cards}`, index))
  await registerWorker(bench.as(workerOf(workerId)), host(gpus))
  const rows = await bench.as(alice).loaders.gpusOfWorker.load(workerId)
  return gpus.map(({ uuid }) => rows.find((row) => row.uuid === uuid)?.id ?? '')
}

/** What a worker says of a GPU with which all is well. */
export const well = (gpuId: string): GpuHealthInput => ({
  gpuId,
  xids: [],
  lost: false,
  temperatureC: 60,
  slowdownTemperatureC: 90,
  shutdownTemperatureC: 100,
  doubleBitEccErrors: 0,
  remapPending: false,
  remapFailed: false,
  recoveryAction: 'NONE',
  wasReset: false,
  strangers: [],
})

/** The verdict about one GPU of which all is well but for these changes. */
export async function report(bench: Bench, workerId: string, gpuId: string, changes: Partial<GpuHealthInput> = {}) {
  const [verdict] = await reportGpuHealth(bench.as(workerOf(workerId)), [{ ...well(gpuId), ...changes }])
  return verdict
}

export const xid = (code: number, at = new Date().toISOString()) => ({ code, at })

/** What happened to a GPU after the event with this id, oldest first. */
export async function eventsOf(bench: Bench, gpuId: string, after = '0') {
  const events = await bench.as(alice).loaders.events.load({ gpuId, first: 500 })
  return events.reverse().filter(({ id }) => BigInt(id) > BigInt(after))
}

/** The same as pairs of type and reason, without the registration. */
export async function historyOf(bench: Bench, gpuId: string) {
  return (await eventsOf(bench, gpuId)).slice(1).map(({ type, reason }) => [type, reason])
}

/** The GPU as it is now. */
export async function gpuNow(bench: Bench, gpuId: string) {
  const gpu = await bench.as(alice).loaders.gpu.load(gpuId)
  if (!gpu) throw new Error('There is no such GPU.')
  return gpu
}

export function faultsOf(bench: Bench, gpuId: string, open: boolean | null = null) {
  return faultsOfGpu(bench.as(alice).loaders, gpuId, open, 500)
}
