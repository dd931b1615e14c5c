// How much of the past a chart shows.
import { onceUsed } from '../shared/once-used.ts'

export const RANGES = ['hour', 'day', 'week'] as const
export type RangeName = (typeof RANGES)[number]

/** In seconds. */
export const RANGE_SECONDS: Record<RangeName, number> = { hour: 3600, day: 86_400, week: 604_800 }

/** The range that an address names; the last hour where it names none. */
export function rangeFromAddress(text: string | undefined): RangeName {
  return RANGES.find((each) => each === text) ?? 'hour'
}

/** How the times of an axis read which spans so many seconds. */
export function timeFormat(span: number): Intl.DateTimeFormat {
  if (span > 2 * 86_400) return byDay()
  return span > 600 ? byMinute() : bySecond()
}

const byDay = onceUsed(() => new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric' }))
const byMinute = onceUsed(() => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }))
const bySecond = onceUsed(
  () => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
)
