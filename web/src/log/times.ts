// When lines were written: not at all, since the attempt began, or by the clock in the reader's zone.
import { onceUsed } from '../shared/once-used.ts'

export const TIMES = ['off', 'relative', 'exact'] as const
export type Times = (typeof TIMES)[number]

/** How wide the column is, in characters. */
export const TIME_COLUMNS: Readonly<Record<Times, number>> = { off: 0, relative: 11, exact: 12 }

const clock = onceUsed(
  () =>
    new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
    }),
)
const whole = onceUsed(() => new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' }))

/** What stands before a line that was written at `at`; both in milliseconds since 1970, `at` 0 where nothing was. */
export function sayTime(times: Times, at: number, began: number): string {
  if (at === 0 || times === 'off') return ''
  return times === 'exact' ? clock().format(at) : sayOffset(at - began)
}

/** The whole instant, with the day and the zone. */
export function sayInstant(at: number): string {
  return at === 0 ? '' : whole().format(at)
}

/** `+1.234`, `+1:02.345`, `+12:34:56.7`: always as short as it can be. Before the beginning counts as at it. */
function sayOffset(ms: number): string {
  const all = Math.max(0, Math.round(ms))
  const seconds = (all % 60_000) / 1000
  const minutes = Math.floor(all / 60_000)
  if (minutes === 0) return `+${seconds.toFixed(3)}`
  if (minutes < 60) return `+${minutes}:${seconds.toFixed(3).padStart(6, '0')}`
  const rest = `${String(minutes % 60).padStart(2, '0')}:${String(Math.floor(seconds)).padStart(2, '0')}`
  return `+${Math.floor(minutes / 60)}:${rest}`
}
