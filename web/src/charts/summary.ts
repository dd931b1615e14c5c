// A chart in words: what stands beside it, and what is read out in its place.
import type { Metric } from './metrics.ts'
import type { Point } from './trace.ts'
import { words } from './words.ts'

export interface Summary {
  last: number
  /** Each value counted by the time that it stands for. */
  mean: number
  highest: number
}

/** Over one or several courses; undefined where nothing was measured. `last` is their mean at the end. */
export function summarise(traces: readonly (readonly Point[])[]): Summary | undefined {
  let [sum, seconds, highest] = [0, 0, Number.NEGATIVE_INFINITY]
  const lasts: number[] = []
  for (const points of traces) {
    const last = points.findLast((point) => point.mean !== null)?.mean
    if (last != null) lasts.push(last)
    for (const point of points) {
      if (point.mean === null) continue
      sum += point.mean * point.seconds
      seconds += point.seconds
      highest = Math.max(highest, point.highest ?? point.mean)
    }
  }
  if (lasts.length === 0 || seconds === 0) return undefined
  return { last: lasts.reduce((total, each) => total + each, 0) / lasts.length, mean: sum / seconds, highest }
}

/** `now 63 %, mean 40 %, highest 98 %`. */
export function saySummary(summary: Summary | undefined, metric: Metric, live: boolean): string {
  if (!summary) return words.nothing
  const parts = [
    live ? `${words.now} ${metric.say(summary.last)}` : undefined,
    metric.averaged ? `${words.mean} ${metric.say(summary.mean)}` : undefined,
    `${words.highest} ${metric.say(summary.highest)}`,
  ]
  return parts.filter((part) => part !== undefined).join(', ')
}
