// Hours that belong to more than one part of time are read slice by slice, and cut where the parts begin.
import type { Asked } from './asked.ts'
import { offsetAt, timestamp } from './sql-time.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

/** Which hours belong to more than one part of time, as conditions: those that the range or a part's beginning cuts through. */
export function cutHours({ range, grain, steps }: Asked): string[] {
  const instants = [range.from, range.to, ...(grain === 'TOTAL' ? [] : steps.slice(1).map(({ from }) => from))]
  const within = [...new Set(instants.filter((at) => at % HOUR_MS !== 0).map((at) => at - (at % HOUR_MS)))]
  const cuts = within.map((hour) => `hour = ${timestamp(hour)}`)
  if (grain === 'TOTAL' || steps.every(({ minutes }) => minutes % 60 === 0)) return cuts
  const minute = `((epoch_us(hour) // 60000000 + ${offsetAt(steps)}) % ${grain === 'HOUR' ? 60 : 1440})`
  return [...cuts, grain === 'HOUR' ? `${minute} > 0` : `${minute} > 1380`]
}

/**
 * The slices in pieces of hours, for a range or a zone that cuts through hours; `hour` is the piece's beginning. Each
 * piece gets what is its by time, as the difference of two sums up to it, so that pieces add up to the whole.
 */
export function cut(asked: Asked, slices: string): string {
  const { from, to } = asked.range
  const minutes = pieceOf(asked)
  const begins = Array.from({ length: 60 / minutes }, (_, i) => i * minutes)
  const us = (end: string) => `date_diff('microsecond', from_at, ${end})`
  const sumTo = (column: string, places: number, type: string, end: string) =>
    `CASE WHEN ${end} >= to_at THEN ${column}
     ELSE round(${column}::DOUBLE * ${us(end)} / ${us('to_at')}, ${places})::${type} END`
  const part = (column: string, places: number, type: string) =>
    `(${sumTo(column, places, type, 'hi')}) - (${sumTo(column, places, type, 'lo')}) AS ${column}`
  return `SELECT * EXCLUDE (piece, lo, hi) REPLACE (
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
          AND from_at >= ${timestamp(from)} AND from_at < ${timestamp(to)})`
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
