// One GPU's course of one metric: what was stored, and after it what came live.
import type { RollupFragment, SampleFragment } from '../generated/documents.ts'
import type { Metric } from './metrics.ts'

export interface Point {
  /** In seconds since 1970, as uPlot has it. */
  at: number
  /** Null between two times of which nothing is known. */
  mean: number | null
  highest: number | null
  /** How many seconds it stands for; 0 for what was only added to draw the line. */
  seconds: number
}

/** From one live sample to the next, in seconds; what is farther apart is not joined by a line. */
const SAMPLES_APART = 10

/** The course, oldest first: samples that a roll-up covers already are left out. */
export function trace(rollups: readonly RollupFragment[], samples: readonly SampleFragment[], metric: Metric): Point[] {
  const points: Point[] = []
  for (const [index, rollup] of rollups.entries()) {
    const before = rollups[index - 1]
    const joined = before !== undefined && startOf(rollup) - endOf(before) <= joinWithin(rollup)
    if (before && !joined) points.push(gap(endOf(before)))
    const after = rollups[index + 1]
    const goesOn = after !== undefined && startOf(after) - endOf(rollup) <= joinWithin(after)
    points.push(...pointsOf(rollup, metric, !joined, !goesOn))
  }
  return [...points, ...live(rollups.at(-1), samples, metric)]
}

/** A time in which something slowed a GPU down, in seconds since 1970, and for what part of it: above 0, up to 1. */
export interface Throttled {
  from: number
  to: number
  share: number
}

/** Where something slowed the GPU down. */
export function throttledSpans(rollups: readonly RollupFragment[], samples: readonly SampleFragment[]): Throttled[] {
  const stored = rollups
    .filter((rollup) => rollup.throttledSeconds > 0)
    .map((rollup) => ({
      from: startOf(rollup),
      to: endOf(rollup),
      share: Math.min(1, rollup.throttledSeconds / rollup.seconds),
    }))
  const live = samplesAfter(rollups.at(-1), samples)
    .filter((sample) => sample.throttleReasons.length > 0)
    .map((sample) => ({ from: secondsOf(sample.at), to: secondsOf(sample.at) + 1, share: 1 }))
  return [...stored, ...live]
}

/** A roll-up stands in the middle of its time; the first and the last of a line reach to its ends. */
function pointsOf(rollup: RollupFragment, metric: Metric, first: boolean, last: boolean): Point[] {
  const values = { mean: metric.mean(rollup), highest: metric.highest(rollup) }
  const middle = { at: startOf(rollup) + rollup.seconds / 2, ...values, seconds: rollup.seconds }
  const edge = (at: number): Point => ({ at, ...values, seconds: 0 })
  return [...(first ? [edge(startOf(rollup))] : []), middle, ...(last ? [edge(endOf(rollup))] : [])]
}

function live(last: RollupFragment | undefined, samples: readonly SampleFragment[], metric: Metric): Point[] {
  let before = last && endOf(last)
  const limit = last ? Math.max(SAMPLES_APART, last.seconds) : SAMPLES_APART
  return samplesAfter(last, samples).flatMap((sample, index) => {
    const at = secondsOf(sample.at)
    const far = before !== undefined && at - before > (index === 0 ? limit : SAMPLES_APART)
    const from = before
    before = at
    const value = metric.now(sample)
    const point: Point = { at, mean: value, highest: value, seconds: 1 }
    return far && from !== undefined ? [gap(from), point] : [point]
  })
}

function samplesAfter(last: RollupFragment | undefined, samples: readonly SampleFragment[]): SampleFragment[] {
  const end = last ? endOf(last) : Number.NEGATIVE_INFINITY
  return samples.filter((sample) => secondsOf(sample.at) > end)
}

/** Roll-ups may be a little apart, as clocks are. */
function joinWithin(rollup: RollupFragment): number {
  return Math.max(2, rollup.seconds * 1.5)
}

function gap(after: number): Point {
  return { at: after + 0.001, mean: null, highest: null, seconds: 0 }
}

function startOf(rollup: RollupFragment): number {
  return secondsOf(rollup.at)
}

function endOf(rollup: RollupFragment): number {
  return secondsOf(rollup.at) + rollup.seconds
}

function secondsOf(instant: string): number {
  return Date.parse(instant) / 1000
}
