// Days, weeks and months by the clocks of the reader. Instants are milliseconds since 1970.
import type { UsageGrain } from '../generated/documents.ts'
import { onceUsed } from '../shared/once-used.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** Where the reader is, by its IANA name. */
export const TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The beginning of the day. */
export function dayOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}

/** The beginning of the hour, which in a zone of half hours is not one of UTC's. */
export function hourOf(at: number): number {
  const offset = new Date(at).getTimezoneOffset() * MINUTE_MS
  return Math.floor((at - offset) / HOUR_MS) * HOUR_MS + offset
}

/** The beginning of the month that is so many months from the one of `at`. */
export function monthOf(at: number, months = 0): number {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth() + months, 1).getTime()
}

/** The beginning of the part of time that holds `at`. */
export function startOf(at: number, grain: UsageGrain): number {
  if (grain === 'MONTH') return monthOf(at)
  if (grain === 'HOUR') return hourOf(at)
  const date = new Date(dayOf(at))
  // A week begins on Monday.
  const back = grain === 'WEEK' ? (date.getDay() + 6) % 7 : 0
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - back).getTime()
}

/** The beginning of the next part of time. Days may have 23 or 25 hours. */
export function nextStart(start: number, grain: UsageGrain): number {
  if (grain === 'MONTH') return monthOf(start, 1)
  if (grain === 'HOUR') return start + HOUR_MS
  const date = new Date(start)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + (grain === 'WEEK' ? 7 : 1)).getTime()
}

/** Such as `2026-11-25`. */
export function dateText(at: number): string {
  const date = new Date(at)
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}

/** The beginning of the day that is written so; undefined where it is none. */
export function parseDate(text: string | undefined): number | undefined {
  const [, year, month, day] = /^(2\d{3})-(\d\d)-(\d\d)$/.exec(text ?? '') ?? []
  if (year === undefined) return undefined
  const at = new Date(Number(year), Number(month) - 1, Number(day)).getTime()
  return dateText(at) === text ? at : undefined
}

/** A part of time as an axis names it. */
export function sayStart(start: number, grain: UsageGrain): string {
  if (grain === 'HOUR') return hour().format(start)
  return grain === 'MONTH' ? month().format(start) : day().format(start)
}

/** A part of time in full. */
export function sayPart(start: number, grain: UsageGrain): string {
  const end = nextStart(start, grain)
  if (grain === 'HOUR') return `${weekday().format(start)}, ${hour().format(start)}–${hour().format(end)}`
  if (grain === 'MONTH') return longMonth().format(start)
  return grain === 'WEEK' ? `${day().format(start)} – ${day().format(end - 1)}` : weekday().format(start)
}

const hour = onceUsed(() => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }))
const day = onceUsed(() => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }))
const weekday = onceUsed(() => new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' }))
const month = onceUsed(() => new Intl.DateTimeFormat('en-GB', { month: 'short', year: '2-digit' }))
const longMonth = onceUsed(() => new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' }))
