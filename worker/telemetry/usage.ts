// What the GPUs of a run did over its life, from one reading to the next. Pure, and plain JSON: it is
// kept in the run's directory, so that it survives the worker.
import { THROTTLE_REASONS } from '@constellation/platform/events/telemetry.ts'
import * as v from 'valibot'
import type { RunMetricsInput } from '../generated/documents.ts'
import type { GpuReading } from '../gpu/provider.ts'

const metric = v.nullable(v.number())
// Files of earlier versions do not have what has a default.
const later = v.optional(metric, null)
const sum = v.optional(v.number(), 0)

export const runUsage = v.object({
  samples: v.number(),
  utilisationSum: v.number(),
  maxUtilisationPercent: metric,
  peakMemoryMb: metric,
  powerSamples: sum,
  powerSum: sum,
  maxPowerWatts: later,
  maxTemperatureC: metric,
  energyJoules: metric,
  throttledMs: sum,
  throttleReasons: v.optional(v.array(v.picklist(THROTTLE_REASONS)), []),
  /** Of each GPU, added up. */
  idleMs: sum,
  xids: v.optional(v.array(v.number()), []),
  /** For how long all of its GPUs have done nothing by now, in milliseconds; null while one of them works. */
  restingMs: later,
  /** When all of them were last read. */
  readAt: later,
  /** The last reading of each GPU, by UUID; `at` in milliseconds of the wall clock. */
  last: v.record(v.string(), v.object({ at: v.number(), powerWatts: metric, energyJoules: metric })),
})
export type RunUsage = v.InferOutput<typeof runUsage>

export const NO_USAGE: RunUsage = {
  samples: 0,
  utilisationSum: 0,
  maxUtilisationPercent: null,
  peakMemoryMb: null,
  powerSamples: 0,
  powerSum: 0,
  maxPowerWatts: null,
  maxTemperatureC: null,
  energyJoules: null,
  throttledMs: 0,
  throttleReasons: [],
  idleMs: 0,
  xids: [],
  restingMs: null,
  readAt: null,
  last: {},
}

/** A GPU with less utilisation than this, in percent, does nothing. */
const IDLE_BELOW_PERCENT = 5
/** What happened between two readings so far apart, in milliseconds, nobody saw. */
const LONGEST_GAP_MS = 60_000
/** As many as the graph takes of a run. */
const MOST_XIDS = 64

/** The usage with one reading more of all of the run's GPUs; one that could not be read is missing. */
export function addReadings(usage: RunUsage, readings: readonly GpuReading[], gpus: number, at: number): RunUsage {
  const resting = readings.length === gpus && readings.every(isIdle)
  const sinceMs = usage.readAt === null ? 0 : elapsed(usage.readAt, at)
  return {
    ...readings.reduce((sum, reading) => addReading(sum, reading, at), usage),
    restingMs: resting ? rested(usage.restingMs, sinceMs) : null,
    readAt: at,
  }
}

/** The usage with an XID that one of the run's GPUs reported. */
export function addXid(usage: RunUsage, xid: number): RunUsage {
  if (usage.xids.includes(xid) || usage.xids.length >= MOST_XIDS) return usage
  return { ...usage, xids: [...usage.xids, xid] }
}

/** What is reported of it, or null when the GPUs were never read. */
export function runMetrics(usage: RunUsage): RunMetricsInput | null {
  if (Object.keys(usage.last).length === 0 && usage.xids.length === 0) return null
  return {
    meanUtilisationPercent: mean(usage.utilisationSum, usage.samples),
    maxUtilisationPercent: usage.maxUtilisationPercent,
    peakMemoryMb: usage.peakMemoryMb,
    meanPowerWatts: mean(usage.powerSum, usage.powerSamples),
    maxPowerWatts: usage.maxPowerWatts,
    energyJoules: usage.energyJoules,
    maxTemperatureC: usage.maxTemperatureC,
    throttledSeconds: usage.throttledMs / 1_000,
    throttleReasons: usage.throttleReasons,
    idleSeconds: usage.idleMs / 1_000,
    xids: usage.xids,
  }
}

function addReading(usage: RunUsage, reading: GpuReading, at: number): RunUsage {
  const { utilisationPercent, powerWatts, energyJoules, throttleReasons } = reading
  const before = usage.last[reading.uuid]
  // What a reading tells counts for the time since the one before.
  const sinceMs = before ? (elapsed(before.at, at) ?? 0) : 0
  return {
    ...usage,
    samples: usage.samples + (utilisationPercent === null ? 0 : 1),
    utilisationSum: usage.utilisationSum + (utilisationPercent ?? 0),
    maxUtilisationPercent: larger(usage.maxUtilisationPercent, utilisationPercent),
    peakMemoryMb: larger(usage.peakMemoryMb, reading.memoryUsedMb),
    powerSamples: usage.powerSamples + (powerWatts === null ? 0 : 1),
    powerSum: usage.powerSum + (powerWatts ?? 0),
    maxPowerWatts: larger(usage.maxPowerWatts, powerWatts),
    maxTemperatureC: larger(usage.maxTemperatureC, reading.temperatureC),
    energyJoules: add(usage.energyJoules, energySince(before, reading, at)),
    throttledMs: usage.throttledMs + (throttleReasons.length > 0 ? sinceMs : 0),
    throttleReasons: [...new Set([...usage.throttleReasons, ...throttleReasons])],
    idleMs: usage.idleMs + (isIdle(reading) ? sinceMs : 0),
    last: { ...usage.last, [reading.uuid]: { at, powerWatts, energyJoules } },
  }
}

/** Of a GPU that does not tell, nobody can say that it does nothing. */
function isIdle({ utilisationPercent }: GpuReading): boolean {
  return utilisationPercent !== null && utilisationPercent < IDLE_BELOW_PERCENT
}

/** Null where too much time has passed, or the calendar was set back, for the time between to be known. */
function elapsed(from: number, to: number): number | null {
  return to < from || to - from > LONGEST_GAP_MS ? null : to - from
}

/** A rest of which a part was not seen begins again. */
function rested(before: number | null, sinceMs: number | null): number {
  return before === null || sinceMs === null ? 0 : before + sinceMs
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

function mean(sum: number, count: number): number | null {
  return count === 0 ? null : sum / count
}

function larger(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b)
}

function add(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : a + b
}
