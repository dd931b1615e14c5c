// From samples to what is kept of them: what one reading adds, and how what was added up is put together. Pure.
import { type GpuSample, THROTTLE_REASONS, type ThrottleReason } from '@constellation/platform/events/telemetry.ts'

/** How much time one roll-up is about, in milliseconds: of the wall clock, so that all processes have the same. */
export const BUCKET_MS = 15_000
/** A reading says how things were since the one before it, but no longer than this, in milliseconds. */
const MOST_COVERED_MS = 15_000
/** A worker whose clock is off by more is not believed about the time, in milliseconds. */
const MOST_OFF_MS = 60_000

/** A sample and the time that it counts for, in milliseconds since 1970. */
export interface Reading {
  sample: GpuSample
  time: number
}

/** What samples of one GPU add up to, in one bucket and for one run: a row, but for the names. */
export interface Rollup {
  gpuId: string
  runId: string | null
  /** The beginning of the bucket, in milliseconds since 1970. */
  bucket: number
  samples: number
  utilisationCount: number
  utilisationSum: number
  utilisationMax: number | null
  memoryCount: number
  memorySum: number
  memoryMax: number | null
  powerCount: number
  powerSum: number
  powerMax: number | null
  clockCount: number
  clockSum: number
  temperatureMax: number | null
  joules: number | null
  throttledSeconds: number
  throttleReasons: number
}

/** A sample that came at `receivedAt`: at its own time, unless that is far from it. */
export function readingOf(sample: GpuSample, receivedAt: number): Reading {
  const said = Date.parse(sample.at)
  return { sample, time: Math.abs(said - receivedAt) > MOST_OFF_MS ? receivedAt : said }
}

/** What one reading adds; `before` is the one before it of the same GPU. */
export function rollUp(reading: Reading, before: Reading | undefined): Rollup {
  const { sample, time } = reading
  const utilisation = plausible(sample.utilisationPercent, 0, 100)
  const memory = plausible(sample.memoryUsedMb, 0, 1e8)
  const power = plausible(sample.powerWatts, 0, MOST_WATTS)
  const clock = plausible(sample.smClockMhz, 0, 1e6)
  const throttled = sample.throttleReasons.length > 0
  return {
    gpuId: sample.gpuId,
    // As PostgreSQL writes it, since rows are told apart by it.
    runId: sample.runId?.toLowerCase() ?? null,
    bucket: Math.floor(time / BUCKET_MS) * BUCKET_MS,
    samples: 1,
    utilisationCount: utilisation === null ? 0 : 1,
    utilisationSum: utilisation ?? 0,
    utilisationMax: utilisation,
    memoryCount: memory === null ? 0 : 1,
    memorySum: memory ?? 0,
    memoryMax: memory,
    powerCount: power === null ? 0 : 1,
    powerSum: power ?? 0,
    powerMax: power,
    clockCount: clock === null ? 0 : 1,
    clockSum: clock ?? 0,
    temperatureMax: plausible(sample.temperatureC, -100, 1_000),
    joules: joulesSince(before, reading),
    throttledSeconds: throttled ? coveredSeconds(before, reading) : 0,
    throttleReasons: reasonBits(sample.throttleReasons),
  }
}

/** Two roll-ups of the same GPU, run and bucket as one. */
export function combine(a: Rollup, b: Rollup): Rollup {
  return {
    gpuId: a.gpuId,
    runId: a.runId,
    bucket: a.bucket,
    samples: a.samples + b.samples,
    utilisationCount: a.utilisationCount + b.utilisationCount,
    utilisationSum: a.utilisationSum + b.utilisationSum,
    utilisationMax: either(a.utilisationMax, b.utilisationMax, Math.max),
    memoryCount: a.memoryCount + b.memoryCount,
    memorySum: a.memorySum + b.memorySum,
    memoryMax: either(a.memoryMax, b.memoryMax, Math.max),
    powerCount: a.powerCount + b.powerCount,
    powerSum: a.powerSum + b.powerSum,
    powerMax: either(a.powerMax, b.powerMax, Math.max),
    clockCount: a.clockCount + b.clockCount,
    clockSum: a.clockSum + b.clockSum,
    temperatureMax: either(a.temperatureMax, b.temperatureMax, Math.max),
    joules: either(a.joules, b.joules, (x, y) => x + y),
    throttledSeconds: a.throttledSeconds + b.throttledSeconds,
    throttleReasons: a.throttleReasons | b.throttleReasons,
  }
}

/** The reasons that are set, in the order of the graph. */
export function reasonsOf(bits: number): ThrottleReason[] {
  return THROTTLE_REASONS.filter((_, i) => bits & (1 << i))
}

function reasonBits(reasons: readonly ThrottleReason[]): number {
  return reasons.reduce((bits, reason) => bits | (1 << THROTTLE_REASONS.indexOf(reason)), 0)
}

/** No GPU draws more: what is above is a counter's fault, or a lie. */
const MOST_WATTS = 100_000

/**
 * The joules used since the reading before: what its counter says, or, where there is none or it began anew, what the
 * power of now comes to over the time that this reading covers. Null where it is not known.
 */
export function joulesSince(before: Reading | undefined, now: Reading): number | null {
  const seconds = secondsBetween(before, now)
  if (!before || seconds === 0) return null
  const counted = difference(before.sample.energyJoules, now.sample.energyJoules)
  // After a gap in which the GPU changed hands, the counter tells of the time of both.
  const ofOneRun = before.sample.runId === now.sample.runId || seconds * 1000 <= MOST_COVERED_MS
  if (counted !== null && ofOneRun && counted >= 0 && counted <= MOST_WATTS * seconds) return rounded(counted)
  const power = plausible(now.sample.powerWatts, 0, MOST_WATTS)
  return power === null ? null : power * coveredSeconds(before, now)
}

function coveredSeconds(before: Reading | undefined, now: Reading): number {
  return Math.min(secondsBetween(before, now), MOST_COVERED_MS / 1000)
}

/** 0 for what comes out of order, and for the first. */
function secondsBetween(before: Reading | undefined, now: Reading): number {
  return before ? Math.max(0, now.time - before.time) / 1000 : 0
}

function difference(before: number | null, now: number | null): number | null {
  return before === null || now === null ? null : now - before
}

/** Null for what no GPU can be like: it would be in the sums for good. */
function plausible(value: number | null, least: number, most: number): number | null {
  return value !== null && value >= least && value <= most ? rounded(value) : null
}

/** To thousandths: PostgreSQL takes no `real` that is closer to zero than 1e-45. */
function rounded(value: number): number {
  return Math.round(value * 1_000) / 1_000
}

function either(a: number | null, b: number | null, join: (a: number, b: number) => number): number | null {
  return a === null ? b : b === null ? a : join(a, b)
}
