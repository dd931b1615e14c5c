// The time that the page is about: a preset that ends now, or days from–to, in the reader's zone.
import type { TimeRangeInput, UsageGrain } from '../generated/documents.ts'
import { dateText, dayOf, hourOf, monthOf, nextStart, parseDate } from './calendar.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export const PRESETS = ['day', 'week', 'month', 'quarter', 'year', 'all'] as const
export type Preset = (typeof PRESETS)[number]

/** Half open, in milliseconds since 1970. `from` is null for all time; `to` may lie ahead. */
export interface Stretch {
  from: number | null
  to: number
}

/** Where a preset lies. A whole number of hours or days, so that the same question is asked for a while. */
export function presetStretch(preset: Preset, now: number): Stretch {
  const today = dayOf(now)
  const tomorrow = nextStart(today, 'DAY')
  const daysBack = (days: number) => dayOf(today - days * DAY_MS + DAY_MS / 2)
  if (preset === 'all') return { from: null, to: tomorrow }
  if (preset === 'week') return { from: daysBack(6), to: tomorrow }
  if (preset === 'month') return { from: daysBack(29), to: tomorrow }
  if (preset === 'quarter') return { from: daysBack(89), to: tomorrow }
  if (preset === 'year') return { from: monthOf(now, -11), to: tomorrow }
  const to = endOfHour(now)
  return { from: to - DAY_MS, to }
}

/** From the first of two dates to the end of the second; undefined where they are none, or the wrong way round. */
export function datedStretch(from: string | undefined, to: string | undefined): Stretch | undefined {
  const [first, last] = [parseDate(from), parseDate(to)]
  return first === undefined || last === undefined || last < first
    ? undefined
    : { from: first, to: nextStart(last, 'DAY') }
}

/** The first and the last day of it, as dates; empty for an end that it does not have. */
export function datesOf({ from, to }: Stretch): { from: string; to: string } {
  return { from: from === null ? '' : dateText(from), to: dateText(to - 1) }
}

/** What the graph is asked for. Hours need both ends; so has everything but all time. */
export function toInput({ from, to }: Stretch): TimeRangeInput {
  return { from: from === null ? null : new Date(from).toISOString(), to: new Date(to).toISOString() }
}

/** As long a stretch as has passed of it, just before it; undefined where it has no beginning, or has not begun. */
export function stretchBefore({ from, to }: Stretch, now: number): Stretch | undefined {
  if (from === null) return undefined
  const passed = Math.min(to, endOfHour(now)) - from
  return passed > 0 ? { from: from - passed, to: from } : undefined
}

/** The parts of time that it can be cut into, the finest first, and which it is cut into by default. */
export function grainsOf({ from, to }: Stretch): { offered: readonly UsageGrain[]; usual: UsageGrain } {
  const days = from === null ? Infinity : (to - from) / DAY_MS
  const offered = GRAINS.filter(({ least, most }) => days >= least && days <= most)
  const usual = offered.findLast(({ usualFrom }) => days >= usualFrom) ?? offered[0]
  return { offered: offered.map(({ grain }) => grain), usual: usual?.grain ?? 'DAY' }
}

/** In days: for which lengths a grain makes parts that can be told apart, and more than one. */
const GRAINS: readonly { grain: UsageGrain; least: number; most: number; usualFrom: number }[] = [
  { grain: 'HOUR', least: 0, most: 8.1, usualFrom: 0 },
  { grain: 'DAY', least: 1.9, most: 186, usualFrom: 2.9 },
  { grain: 'WEEK', least: 14, most: 1100, usualFrom: 120 },
  { grain: 'MONTH', least: 56, most: Infinity, usualFrom: 300 },
]

function endOfHour(now: number): number {
  return hourOf(now) + HOUR_MS
}
