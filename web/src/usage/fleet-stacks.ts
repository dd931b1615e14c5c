// The fleet's time as stacks: held, idle, down.
import type { FleetAmountFragment, UsageGrain } from '../generated/documents.ts'
import type { Stretch } from './range.ts'
import type { Layer } from './stacked-bars.tsx'
import { type Stack, startsWithin } from './stacks.ts'
import { words } from './words.ts'

/** From the bottom up. */
export function layersOf(): readonly Layer[] {
  return [
    { label: words.fleet.held, colour: 'var(--part-1)' },
    { label: words.fleet.idle, colour: 'var(--part-others)' },
    { label: words.fleet.down, colour: 'var(--state-failed)' },
  ]
}

/** The layers' amounts, in GPU-seconds. */
export function amountsOf(time: FleetAmountFragment): number[] {
  return [time.allocatedGpuSeconds, time.idleGpuSeconds, time.downGpuSeconds]
}

/** A stack for each part of time up to now; the last one grows. */
export function stacksOfFleet(
  rows: readonly { start: string | null; time: FleetAmountFragment }[],
  stretch: Stretch,
  grain: UsageGrain,
  now: number,
): Stack[] {
  const times = new Map(rows.map(({ start, time }) => [Date.parse(start ?? ''), time]))
  const starts = startsWithin(stretch, grain, [...times.keys()], now)
  const isUpToNow = stretch.to > now
  return starts.map((start, i) => {
    const time = times.get(start)
    return {
      start,
      amount: time?.capacityGpuSeconds ?? 0,
      provisional: isUpToNow && i === starts.length - 1,
      layers: time ? amountsOf(time) : [0, 0, 0],
    }
  })
}
