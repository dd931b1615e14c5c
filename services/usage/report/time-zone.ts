// Time zones as steps of offsets from UTC, so that a question needs no calendar: within a step, local time is UTC and so
// many minutes.
import { invalidInput } from '@constellation/platform/errors.ts'

/** From this instant on, in milliseconds, local time is UTC and so many minutes. */
export interface Step {
  from: number
  minutes: number
}

const MINUTE_MS = 60_000
/** No zone has changed its offset and changed it back within so short a time. */
const STRIDE_MS = 7 * 24 * 60 * MINUTE_MS

/**
 * The offsets of a zone from `from` to `to`, in milliseconds; the first step begins with `from`.
 * @throws ConstellationError BAD_USER_INPUT where there is no such zone, or one with offsets of other than quarters of an hour
 */
export function offsetsOf(timeZone: string, from: number, to: number): Step[] {
  const offset = offsetReader(timeZone)
  const steps: Step[] = [{ from, minutes: offset(from) }]
  for (let at = from; at < to; at += STRIDE_MS) {
    const next = Math.min(at + STRIDE_MS, to)
    const minutes = offset(next)
    if (minutes !== steps.at(-1)?.minutes) steps.push({ from: changeBetween(offset, at, next), minutes })
  }
  if (steps.some(({ minutes }) => minutes % 15 !== 0)) {
    throw invalidInput([{ path: 'timeZone', message: `${timeZone} had offsets then that are no quarters of an hour` }])
  }
  return steps
}

/** The instant at which a local time begins: the first of two, and the end of a gap where there is none. */
export function instantOf(local: number, steps: readonly Step[]): number {
  for (const [i, { from, minutes }] of steps.entries()) {
    const at = local - minutes * MINUTE_MS
    const until = steps[i + 1]?.from ?? Infinity
    if (at < until) return i === 0 ? at : Math.max(at, from)
  }
  throw new Error('A zone has an offset at any time.')
}

/** The instants at which parts of a length begin within a range, the range's own beginning first. */
export function partsWithin(
  { from, to }: { from: number; to: number },
  grain: 'HOUR' | 'DAY' | 'WEEK' | 'MONTH',
  steps: readonly Step[],
): number[] {
  const begins = [from]
  const local = new Date(from + offsetAt(steps, from) * MINUTE_MS)
  for (;;) {
    toNextPart(local, grain)
    const at =
      grain === 'HOUR' ? local.getTime() - offsetAt(steps, from) * MINUTE_MS : instantOf(local.getTime(), steps)
    if (at >= to) return begins
    begins.push(at)
  }
}

/** Moves local time to where the next part begins; a week begins on Monday. */
function toNextPart(local: Date, grain: 'HOUR' | 'DAY' | 'WEEK' | 'MONTH'): void {
  if (grain === 'HOUR') local.setUTCHours(local.getUTCHours() + 1, 0, 0, 0)
  else if (grain === 'DAY') local.setUTCHours(24, 0, 0, 0)
  else if (grain === 'MONTH') local.setTime(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1))
  else
    local.setTime(
      Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + 7 - ((local.getUTCDay() + 6) % 7)),
    )
}

function offsetAt(steps: readonly Step[], at: number): number {
  return steps.findLast(({ from }) => from <= at)?.minutes ?? steps[0]?.minutes ?? 0
}

function offsetReader(timeZone: string): (at: number) => number {
  const format = formatOf(timeZone)
  return (at) => {
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const [, sign, hours = '0', minutes = '0', seconds = '0'] =
      /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?/.exec(name) ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes) + Number(seconds) / 60)
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  } catch {
    throw invalidInput([{ path: 'timeZone', message: 'must be a name such as Europe/Berlin' }])
  }
}

/** The minute at which the offset of `high` begins. */
function changeBetween(offset: (at: number) => number, low: number, high: number): number {
  const after = offset(high)
  while (high - low > MINUTE_MS) {
    const middle = Math.floor((low + high) / 2 / MINUTE_MS) * MINUTE_MS
    if (middle <= low) break
    if (offset(middle) === after) high = middle
    else low = middle
  }
  return Math.floor(high / MINUTE_MS) * MINUTE_MS
}
