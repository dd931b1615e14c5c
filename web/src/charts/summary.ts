// A chart in words: what stands beside it, and what is read out in its place.
import type { Metric } from './metrics.ts'
import type { Point } from './trace.ts'
import { words } from './words.ts'

export interface Summary {
  last: number
  /** When that was measured, in seconds since 1970. */
  lastAt: number
  /** Each value counted by the time that it stands for. */
  mean: number
  highest: number
}

/** What is older than this is not said to be so now, in seconds. */
const FRESH = 60

/** Over one or several courses; undefined where nothing was measured. `last` is their mean at the end. */
export function summarise(traces: readonly (readonly Point[])[]): Summary | undefined {
  let [sum, seconds, highest, lastAt] = [0, 0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const lasts: number[] = []
  for (const points of traces) {
    const last = points.findLast((point) => point.mean !== null)
    if (last?.mean != null) {
      lasts.push(last.mean)
      lastAt = Math.max(lastAt, last.at)
    }
    for (const point of points) {
      if (point.mean === null) continue
      sum += point.mean * point.seconds
      seconds += point.seconds
      highest = Math.max(highest, point.highest ?? point.mean)
    }
  }
  if (lasts.length === 0 || seconds === 0) return undefined
  return { last: lasts.reduce((total, each) => total + each, 0) / lasts.length, lastAt, mean: sum / seconds, highest }
}

/** `now 63 %, mean 40 %, highest 98 %`. `now` is undefined where the course has ended, else in seconds since 1970. */
export function saySummary(summary: Summary | undefined, metric: Metric, now: number | undefined): string {
  if (!summary) return words.nothing
  const parts = [
    now === undefined
      ? undefined
      : `${now - summary.lastAt > FRESH ? words.last : words.now} ${metric.say(summary.last)}`,
    metric.averaged ? `${words.mean} ${metric.say(summary.mean)}` : undefined,
    `${words.highest} ${metric.say(summary.highest)}`,
  ]
  return parts.filter((part) => part !== undefined).join(', ')
}
