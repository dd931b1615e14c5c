// Hours that belong to more than one part of time: most are cut in quarters, which sums tell, and a few slice by slice.
import { inPieces, sumColumns } from '../lake/sums.ts'
import type { Asked } from './asked.ts'
import { offsetAt, timestamp } from './sql-time.ts'
import { partsWithin } from './time-zone.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const QUARTER_MS = 15 * MINUTE_MS

/** Instants other than the beginnings of parts by a zone's clock that cut through hours. */
function instantsOf({ range, grain, steps }: Asked): number[] {
  const instants = [range.from, range.to, ...(grain === 'TOTAL' ? [] : steps.slice(1).map(({ from }) => from))]
  return [...new Set(instants)].filter((at) => at % HOUR_MS !== 0)
}

const hoursOf = (instants: readonly number[]) => [...new Set(instants.map((at) => at - (at % HOUR_MS)))]

/** The hours, in milliseconds, that are cut where no quarter of them begins: only slices tell what is on which side. */
export function oddHours(asked: Asked): number[] {
  return hoursOf(instantsOf(asked).filter((at) => at % QUARTER_MS !== 0))
}

const among = (hours: readonly number[]) => (hours.length > 0 ? [`hour IN (${hours.map(timestamp).join(', ')})`] : [])

/** Of more days than these no list is made. */
const MOST_DAYS = 400

/**
 * Which hours belong to more than one part of time, as conditions: those that the range or a part's beginning cuts through.
 * Where there are few they are listed, as others need not be looked at then.
 */
export function cutHours(asked: Asked): string[] {
  const { range, grain, steps } = asked
  const instants = instantsOf(asked)
  if (grain === 'TOTAL' || steps.every(({ minutes }) => minutes % 60 === 0)) return among(hoursOf(instants))
  if (grain !== 'HOUR' && range.to - range.from <= MOST_DAYS * 24 * HOUR_MS) {
    return among(hoursOf([...instants, ...partsWithin(range, grain, steps)].filter((at) => at % HOUR_MS !== 0)))
  }
  const minute = `((epoch_us(hour) // 60000000 + ${offsetAt(steps)}) % ${grain === 'HOUR' ? 60 : 1440})`
  return [...among(hoursOf(instants)), grain === 'HOUR' ? `${minute} > 0` : `${minute} > 1380`]
}

/** Whether a question needs to know what hours had come to by their quarters. */
export function needsQuarters(asked: Asked): boolean {
  const { grain, steps } = asked
  if (instantsOf(asked).some((at) => at % QUARTER_MS === 0)) return true
  return grain !== 'TOTAL' && steps.some(({ minutes }) => minutes % 60 !== 0)
}

interface Wanted {
  /** By what the sums must still tell apart. */
  keys: readonly string[]
  /** A condition on names. */
  names: string
}

/** A SELECT of the sums of a question, from `sums` by hour or by day and, for hours that are cut oddly, from `slices`. */
export function cutSums(asked: Asked, { keys, names }: Wanted): string {
  const { from, to } = asked.range
  const columns = sumColumns(keys)
  const within = `hour >= ${timestamp(from)} AND hour < ${timestamp(to)}`
  const [cuts, odd] = [cutHours(asked), among(oddHours(asked))]
  if (cuts.length === 0) return `SELECT ${columns} FROM sums WHERE ${within} AND ${names}`
  const [isCut, isOdd] = [`(${cuts.join(' OR ')})`, odd.length > 0 ? `(${odd.join(' OR ')})` : 'false']
  const parts = [`SELECT ${columns} FROM sums WHERE ${within} AND NOT ${isCut} AND ${names}`]
  if (needsQuarters(asked)) {
    const sums = `(FROM sums WHERE ${isCut} AND NOT ${isOdd} AND ${names})`
    parts.push(`SELECT ${columns} FROM (${inPieces(sums, keys, quartersOf(asked))}) WHERE ${within}`)
  }
  if (odd.length > 0) {
    parts.push(`SELECT ${columns} FROM (${cutSlices(asked, `(FROM slices WHERE ${isOdd} AND ${names})`)})`)
  }
  return parts.join(' UNION ALL ')
}

/** The minutes of an hour at which a quarter begins that is of another part of time than the one before. */
function quartersOf({ range, grain, steps }: Asked): number[] {
  const changes = grain === 'TOTAL' ? [] : steps.slice(1).map(({ from }) => from)
  const instants = [range.from, range.to, ...changes].filter((at) => at % QUARTER_MS === 0)
  const clocks = grain === 'TOTAL' ? [] : steps.map(({ minutes }) => -minutes * MINUTE_MS)
  const minutes = [...instants, ...clocks].map((at) => (((at / MINUTE_MS) % 60) + 60) % 60)
  return [...new Set(minutes)].filter((minute) => minute !== 0)
}

/**
 * The slices in pieces of hours, for a range or a zone that cuts through hours, as a SELECT; `hour` is the piece's
 * beginning. Each piece gets what is its by time, as the difference of two sums up to it, so that pieces add up to the whole.
 */
export function cutSlices(asked: Asked, slices: string): string {
  const { from, to } = asked.range
  const minutes = pieceOf(asked)
  const begins = Array.from({ length: 60 / minutes }, (_, i) => i * minutes)
  const us = (end: string) => `date_diff('microsecond', from_at, ${end})`
  const sumTo = (column: string, places: number, type: string, end: string) =>
    `CASE WHEN ${end} >= to_at THEN ${column}
     ELSE round(${column}::DOUBLE * ${us(end)} / ${us('to_at')}, ${places})::${type} END`
  const part = (column: string, places: number, type: string) =>
    `(${sumTo(column, places, type, 'hi')}) - (${sumTo(column, places, type, 'lo')}) AS ${column}`
  return `SELECT *, CASE WHEN utilised_us IS NOT NULL THEN held_us END AS measured_us FROM (
    SELECT * EXCLUDE (piece, lo, hi) REPLACE (
      piece AS hour, sign * date_diff('microsecond', lo, hi) AS held_us, ${part('cost', 10, 'DECIMAL(28,10)')},
      ${part('utilised_us', 0, 'BIGINT')}, ${part('energy_mj', 0, 'BIGINT')},
      CASE WHEN lo = from_at THEN starts ELSE 0 END AS starts)
    FROM (
      SELECT *, greatest(from_at, piece, ${timestamp(from)}) AS lo,
        least(to_at, piece + INTERVAL ${minutes} MINUTE, ${timestamp(to)}) AS hi
      FROM (SELECT *, hour + to_minutes(unnest([${begins.join(', ')}])) AS piece FROM ${slices})
    )
    WHERE hi > lo
      OR (to_at = from_at AND from_at >= piece AND from_at < piece + INTERVAL ${minutes} MINUTE
          AND from_at >= ${timestamp(from)} AND from_at < ${timestamp(to)}))`
}

/** The longest pieces, in minutes from the hour's beginning, that belong to one part of time each. */
function pieceOf({ grain, steps }: Asked): number {
  if (grain === 'TOTAL') return 60
  const cuts = [...steps.map(({ minutes }) => minutes), ...steps.slice(1).map(({ from }) => from / MINUTE_MS)]
  return cuts.reduce((piece, at) => commonDivisor(piece, Math.abs(at % 60)), 60)
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}
