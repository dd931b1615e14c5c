// Reads the GPUs, tells everyone, and adds it up for the runs that hold them.
import { SUBJECTS, type Telemetry } from '@constellation/platform/events.ts'
import type { GpuReading, Holders } from './gpu/provider.ts'
import { writeJson } from './shim/files.ts'
import { addReading } from './usage.ts'
import type { Run, Worker } from './worker.ts'

/** How often what a run's GPUs did is written down, in case the worker is killed. */
const NOTE_MS = 5_000

/** A function that takes one sample. It is also the worker's sign of life, so it is sent without any GPUs too. */
export function sampler(worker: Worker): () => Promise<void> {
  let notedAt = 0
  let fault: string | undefined
  const readGpus = async (holders: Holders) => {
    try {
      const readings = await worker.gpus.sample(holders)
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
    const readings = await readGpus(holdersOf(runs))
    const now = Date.now()
    for (const run of runs) addToRun(run, readings, now)
    worker.bus.publish(SUBJECTS.telemetry(worker.id), JSON.stringify(toTelemetry(worker, readings, now)))
    if (now - notedAt < NOTE_MS) return
    notedAt = now
    // A note that fails, such as of a run that has just been cleared away, costs metrics at the worst.
    await Promise.allSettled(runs.filter((run) => !run.ended).map((run) => writeJson(run.files.usage, run.usage)))
  }
}

function holdersOf(runs: readonly Run[]): Holders {
  return new Map(
    runs.flatMap(({ spec: { runId, environment, gpuUuids } }) =>
      gpuUuids.map((uuid) => [uuid, { runId, environment, startedAt: null, pid: null }] as const),
    ),
  )
}

function addToRun(run: Run, readings: readonly GpuReading[], at: number): void {
  for (const reading of readings) {
    if (run.spec.gpuUuids.includes(reading.uuid)) run.usage = addReading(run.usage, reading, at)
  }
}

function toTelemetry(worker: Worker, readings: readonly GpuReading[], now: number): Telemetry {
  const at = new Date(now).toISOString()
  const samples = readings.flatMap(({ uuid, ...metrics }) => {
    const gpu = worker.registered.find((registered) => registered.uuid === uuid)
    return gpu ? [{ gpuId: gpu.id, at, ...metrics }] : []
  })
  return { workerId: worker.id, at, samples: samples.slice(0, 64) }
}
