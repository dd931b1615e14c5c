// What a worker tells Prometheus of itself and of the GPUs of its machine.

import { atScrape } from '@constellation/platform/metrics/serve-metrics.ts'
import { Counter, Gauge } from 'prom-client'
import type { GpuProvider, GpuReading } from './gpu/provider.ts'
import { isUsable } from './health/obey-verdict.ts'
import type { Worker } from './worker.ts'

/** GPUs of one machine: few, so that each is told of by itself. */
const OF_GPU = { labelNames: ['gpu', 'model'] as const }

const runsHeld = new Gauge({
  name: 'constellation_worker_runs',
  help: 'Runs that this worker holds a lease of.',
})
const gpusOf = new Gauge({
  name: 'constellation_worker_gpus',
  help: 'GPUs of this worker by what they do: held, idle or out_of_service.',
  labelNames: ['state'],
})
const utilisation = new Gauge({
  name: 'constellation_worker_gpu_utilisation_ratio',
  help: 'How much a GPU is used, from 0 to 1, as it was read last.',
  ...OF_GPU,
})
const memoryBytes = new Gauge({
  name: 'constellation_worker_gpu_memory_used_bytes',
  help: 'How much memory of a GPU is in use.',
  ...OF_GPU,
})
const powerWatts = new Gauge({
  name: 'constellation_worker_gpu_power_watts',
  help: 'What a GPU draws.',
  ...OF_GPU,
})
const temperature = new Gauge({
  name: 'constellation_worker_gpu_temperature_celsius',
  help: 'How warm a GPU is.',
  ...OF_GPU,
})
export const runsClaimed = new Counter({
  name: 'constellation_worker_runs_claimed_total',
  help: 'Runs that this worker was given.',
})
export const workFailed = new Counter({
  name: 'constellation_worker_failures_total',
  help: 'What could not be done and is tried again, by what it was.',
  labelNames: ['work'],
})
export const runsLost = new Counter({
  name: 'constellation_worker_runs_lost_total',
  help: 'Runs that were ended here as the server had given them up.',
})

const GAUGES = [runsHeld, gpusOf, utilisation, memoryBytes, powerWatts, temperature]

/** The same GPUs; `last` is what they were read as most recently. */
export function rememberReadings(gpus: GpuProvider): { gpus: GpuProvider; last(): readonly GpuReading[] } {
  let last: readonly GpuReading[] = []
  const sample: GpuProvider['sample'] = async (holders) => {
    last = []
    const readings = await gpus.sample(holders)
    last = readings
    return readings
  }
  return { gpus: { ...gpus, sample }, last: () => last }
}

/** Tells of the worker until it is stopped. */
export function tellWorker(worker: Worker, last: () => readonly GpuReading[]): () => void {
  return atScrape<string>(GAUGES, () => {
    const held = new Set([...worker.runs.values()].flatMap(({ spec }) => spec.gpuUuids))
    const counts = { held: 0, idle: 0, out_of_service: 0 }
    for (const { uuid } of worker.registered) {
      counts[held.has(uuid) ? 'held' : isUsable(worker.health, uuid) ? 'idle' : 'out_of_service'] += 1
    }
    for (const [state, count] of Object.entries(counts)) gpusOf.set({ state }, count)
    runsHeld.set(worker.runs.size)
    setReadings(new Map(worker.registered.map(({ uuid, name }) => [uuid, name])), last())
  })
}

function setReadings(models: ReadonlyMap<string, string>, readings: readonly GpuReading[]): void {
  // A GPU that is not read any more has no figures.
  for (const gauge of [utilisation, memoryBytes, powerWatts, temperature]) gauge.reset()
  for (const { uuid: gpu, utilisationPercent, memoryUsedMb, powerWatts: watts, temperatureC } of readings) {
    const labels = { gpu, model: models.get(gpu) ?? 'unknown' }
    if (utilisationPercent !== null) utilisation.set(labels, utilisationPercent / 100)
    if (memoryUsedMb !== null) memoryBytes.set(labels, memoryUsedMb * 2 ** 20)
    if (watts !== null) powerWatts.set(labels, watts)
    if (temperatureC !== null) temperature.set(labels, temperatureC)
  }
}
