// Stretches of time that end now.
import type { TimeRangeInput } from '../generated/documents.ts'

const HOUR_MS = 3_600_000

const RANGE_HOURS = { day: 24, week: 7 * 24, month: 30 * 24, all: undefined } as const

export type RangeName = keyof typeof RANGE_HOURS

export const RANGE_NAMES = ['day', 'week', 'month', 'all'] as const satisfies RangeName[]

/**
 * From so long before `now` (milliseconds since 1970) on, or null for all time. The beginning is rounded down to
 * the hour, so that the same question is asked for a while and the cache can answer it.
 */
export function rangeBefore(now: number, name: RangeName): TimeRangeInput | null {
  const hours = RANGE_HOURS[name]
  if (hours === undefined) return null
  return { from: new Date(Math.floor(now / HOUR_MS) * HOUR_MS - hours * HOUR_MS).toISOString() }
}
