// What the GPUs of a run did over its life, from one reading to the next. Pure, and plain JSON: it is
// kept in the run's directory, so that it survives the worker.
import * as v from 'valibot'
import type { RunMetricsInput } from './generated/documents.ts'
import type { GpuReading } from './gpu/provider.ts'

const metric = v.nullable(v.number())

export const runUsage = v.object({
  samples: v.number(),
  utilisationSum: v.number(),
  maxUtilisationPercent: metric,
  peakMemoryMb: metric,
  maxTemperatureC: metric,
  energyJoules: metric,
  /** The last reading of each GPU, by UUID; `at` in milliseconds of the wall clock. */
  last: v.record(v.string(), v.object({ at: v.number(), powerWatts: metric, energyJoules: metric })),
})
export type RunUsage = v.InferOutput<typeof runUsage>

export const NO_USAGE: RunUsage = {
  samples: 0,
  utilisationSum: 0,
  maxUtilisationPercent: null,
  peakMemoryMb: null,
  maxTemperatureC: null,
  energyJoules: null,
  last: {},
}

/** The usage with one more reading of one of the run's GPUs. */
export function addReading(usage: RunUsage, reading: GpuReading, at: number): RunUsage {
  const { utilisationPercent, powerWatts, energyJoules } = reading
  return {
    samples: usage.samples + (utilisationPercent === null ? 0 : 1),
    utilisationSum: usage.utilisationSum + (utilisationPercent ?? 0),
    maxUtilisationPercent: larger(usage.maxUtilisationPercent, utilisationPercent),
    peakMemoryMb: larger(usage.peakMemoryMb, reading.memoryUsedMb),
    maxTemperatureC: larger(usage.maxTemperatureC, reading.temperatureC),
    energyJoules: add(usage.energyJoules, energySince(usage.last[reading.uuid], reading, at)),
    last: { ...usage.last, [reading.uuid]: { at, powerWatts, energyJoules } },
  }
}

/** What is reported of it, or null when the GPUs were never read. */
export function runMetrics(usage: RunUsage): RunMetricsInput | null {
  if (Object.keys(usage.last).length === 0) return null
  return {
    meanUtilisationPercent: usage.samples === 0 ? null : usage.utilisationSum / usage.samples,
    maxUtilisationPercent: usage.maxUtilisationPercent,
    peakMemoryMb: usage.peakMemoryMb,
    energyJoules: usage.energyJoules,
    maxTemperatureC: usage.maxTemperatureC,
  }
}

/**
 * Joules from one reading of a GPU to the next: the difference of its counter or, where there is none
 * or a driver's reload has reset it, the mean power times the time.
 */
function energySince(before: RunUsage['last'][string] | undefined, now: GpuReading, at: number): number | null {
  if (!before) return null
  const counted =
    now.energyJoules === null || before.energyJoules === null ? -1 : now.energyJoules - before.energyJoules
  if (counted >= 0) return counted
  if (now.powerWatts === null || before.powerWatts === null) return null
  return ((now.powerWatts + before.powerWatts) / 2) * Math.max(0, (at - before.at) / 1_000)
}

function larger(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b)
}

function add(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : a + b
}
