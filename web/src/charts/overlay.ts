// Courses of several GPUs in one chart: a line each while they are few, else the band in which all of them lie.
import type { Point } from './trace.ts'

/** More lines than these cannot be told apart. */
export const MOST_LINES = 4

/** Undefined where a line merely has no point of its own at this time, null where it is broken off. */
export type Column = (number | null | undefined)[]

export interface Overlay {
  /** In seconds since 1970, ascending. */
  times: number[]
  columns: Column[]
}

/** One GPU alone: its highest, and over that its mean. */
export function highestAndMean(points: readonly Point[]): Overlay {
  return {
    times: points.map((point) => point.at),
    columns: [points.map((point) => point.highest), points.map((point) => point.mean)],
  }
}

/** The mean of each GPU. */
export function lines(traces: readonly (readonly Point[])[]): Overlay {
  const times = [...new Set(traces.flatMap((points) => points.map((point) => point.at)))].sort((a, b) => a - b)
  const columns = traces.map((points) => {
    const known = new Map(points.map((point) => [point.at, point.mean]))
    // From where a line is broken off until it goes on, other lines' times are part of the gap.
    let broken = false
    return times.map((at) => {
      const value = known.get(at)
      if (value !== undefined) broken = value === null
      return broken ? null : value
    })
  })
  return { times, columns }
}

/** The lowest, the mean and the highest of all GPUs, in steps of `step` seconds. */
export function band(traces: readonly (readonly Point[])[], step: number): Overlay {
  const values = new Map<number, number[]>()
  for (const points of traces) {
    for (const { at, mean } of points) {
      if (mean === null) continue
      const time = Math.floor(at / step) * step + step / 2
      const here = values.get(time)
      if (here) here.push(mean)
      else values.set(time, [mean])
    }
  }
  const steps = [...values].sort(([a], [b]) => a - b)
  return {
    times: steps.map(([time]) => time),
    columns: [
      steps.map(([, here]) => Math.min(...here)),
      steps.map(([, here]) => here.reduce((sum, value) => sum + value, 0) / here.length),
      steps.map(([, here]) => Math.max(...here)),
    ],
  }
}
