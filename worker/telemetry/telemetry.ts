// Reads the GPUs, tells everyone, and adds it up for the runs that hold them.

import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { GpuProcess, Telemetry } from '@constellation/platform/events/telemetry.ts'
import type { GpuReading, Holder } from '../gpu/provider.ts'
import type { GpuUser } from '../health/gpu-users.ts'
import { writeJson } from '../shim/files.ts'
import type { Run, Worker } from '../worker.ts'
import { addReadings } from './usage.ts'

/** How often what a run's GPUs did is written down, in case the worker is killed. */
const NOTE_MS = 5_000
/** As many as a message holds. */
const MOST = { samples: 64, processes: 512 }
const LONGEST_NAME = 256

/** What of a worker matters here. */
type Sampling = Pick<Worker, 'id' | 'gpus' | 'runs' | 'registered' | 'health' | 'log'> & {
  bus: Pick<Worker['bus'], 'publish'>
}

/** A function that takes one sample. It is also the worker's sign of life, so it is sent without any GPUs too. */
export function sampler(worker: Sampling): () => Promise<void> {
  let notedAt = 0
  let fault: string | undefined
  const readGpus = async (runs: readonly Run[]) => {
    try {
      const readings = await worker.gpus.sample(holdersOf(runs))
      fault = undefined
      return readings
    } catch (error) {
      // Said once, not each second.
      if (String(error) !== fault) worker.log.warn({ err: error }, 'the GPUs could not be read')
      fault = String(error)
      return []
    }
  }
  return async () => {
    const runs = [...worker.runs.values()].filter(({ spec }) => spec.gpuUuids.length > 0)
    const readings = await readGpus(runs)
    const now = Date.now()
    for (const run of runs) if (!run.measured) addToRun(run, readings, now)
    worker.bus.publish(SUBJECTS.telemetry(worker.id), JSON.stringify(toTelemetry(worker, runs, readings, now)))
    if (now - notedAt < NOTE_MS) return
    notedAt = now
    // A note that fails, such as of a run that has just been cleared away, costs metrics at the worst.
    await Promise.allSettled(runs.filter((run) => !run.ended).map((run) => writeJson(run.files.usage, run.usage)))
  }
}

function holdersOf(runs: readonly Run[]): Map<string, Holder> {
  return new Map(
    runs.flatMap(({ spec, begunAt, pid }) => {
      const holder: Holder = {
        runId: spec.runId,
        environment: spec.environment,
        startedAt: begunAt ?? null,
        pid: pid ?? null,
      }
      return spec.gpuUuids.map((uuid) => [uuid, holder] as const)
    }),
  )
}

function addToRun(run: Run, all: readonly GpuReading[], at: number): void {
  const { gpuUuids } = run.spec
  const readings = all.filter(({ uuid }) => gpuUuids.includes(uuid))
  const usage = addReadings(run.usage, readings, gpuUuids.length, at)
  // Until its command has started, its image being fetched for instance, it does not idle.
  run.usage = run.begunAt === undefined ? { ...usage, restingMs: null } : usage
}

function toTelemetry(worker: Sampling, runs: readonly Run[], readings: readonly GpuReading[], now: number): Telemetry {
  const at = new Date(now).toISOString()
  const ids = new Map(worker.registered.map(({ uuid, id }) => [uuid, id]))
  const holders = new Map(runs.flatMap(({ spec }) => spec.gpuUuids.map((uuid) => [uuid, spec.runId])))
  const samples = readings.flatMap(({ uuid, ...metrics }) => {
    const gpuId = ids.get(uuid)
    return gpuId === undefined ? [] : [{ gpuId, at, runId: holders.get(uuid) ?? null, ...metrics }]
  })
  const { users } = worker.health
  return {
    workerId: worker.id,
    at,
    samples: samples.slice(0, MOST.samples),
    // As of the last look at the GPUs' health, which is not done each second.
    processes: users && processesOf(users, ids, holders),
  }
}

function processesOf(
  users: readonly GpuUser[],
  ids: ReadonlyMap<string, string>,
  holders: ReadonlyMap<string, string>,
): GpuProcess[] {
  const found = users.flatMap(({ uuid, pid, name, memoryMb, owner }) => {
    const gpuId = ids.get(uuid)
    if (gpuId === undefined || pid < 1) return []
    return [
      {
        gpuId,
        pid,
        name: name?.slice(0, LONGEST_NAME).toWellFormed() ?? null,
        memoryMb,
        runId: runOf(owner, holders.get(uuid)),
      },
    ]
  })
  return found.slice(0, MOST.processes)
}

/** A run has its GPUs for itself: what nobody can tell is most likely its own. */
function runOf(owner: GpuUser['owner'], holder: string | undefined): string | null {
  if (owner === 'unknown') return holder ?? null
  return owner === 'stranger' ? null : owner.runId
}
