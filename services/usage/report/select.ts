// The SELECT over the lake that answers a question.
import type { UsageDimension } from '../generated/resolvers.ts'
import type { Question } from '../lake/question.ts'
import type { Asked } from './asked.ts'
import { selectSums } from './sums.ts'
import type { Step } from './time-zone.ts'

const COLUMNS: Readonly<Record<UsageDimension, string>> = {
  ACCOUNT: 'account',
  USER: 'submitted_by',
  MODEL: 'model',
  OUTCOME: 'outcome',
  GPU: 'gpu_id',
}

const HOUR_MS = 3_600_000
const MINUTE_US = 60_000_000
const HOUR_US = 60 * MINUTE_US
const DAY_US = 24 * HOUR_US
/** More groups than these are for an export. */
export const MOST_GROUPS = 50_000

/**
 * The question for DuckDB. Its rows are groups, sums of all (`is_total` is 1), and for the costs each of them once more
 * by currency (`by_currency` is 1). Time is `bucket`: local time for days and longer, UTC for hours, in microseconds.
 */
export function toQuestion(asked: Asked): Question {
  const { select, values } = groupsOf(asked)
  return { select: `${select} LIMIT ${2 * MOST_GROUPS}`, values, days: daysOf(asked.range) }
}

/** The same however many groups there are. */
export function groupsOf(asked: Asked): Pick<Question, 'select' | 'values'> {
  const values: Question['values'][number][] = []
  const value = (given: string | number) => `$${values.push(given)}`
  const rows = `${partsOf(asked)} WHERE ${conditions(asked, value)}`
  return { select: selectSums(rows, keysOf(asked), asked.metrics), values }
}

/** What the rows of an answer are told apart by, as columns of `rows`. */
export function keysOf({ grain, groupBy }: Pick<Asked, 'grain' | 'groupBy'>): string[] {
  return [...(grain === 'TOTAL' ? [] : ['bucket']), ...groupBy.map((dimension) => COLUMNS[dimension])]
}

/** The slices with the part of time that each is of, where parts of time are asked for. */
function partsOf(asked: Asked): string {
  const { from, to } = asked.range
  const cuts = cutHours(asked)
  const isCut = `(${cuts.join(' OR ')})`
  const whole = `hour >= ${timestamp(from)} AND hour < ${timestamp(to)}`
  const rows =
    cuts.length === 0
      ? 'slices'
      : `(SELECT * FROM slices WHERE ${whole} AND NOT ${isCut}
          UNION ALL BY NAME ${cut(asked.range, `(SELECT * FROM slices WHERE ${isCut})`)})`
  return asked.grain === 'TOTAL' ? `SELECT * FROM ${rows}` : `SELECT *, ${bucketOf(asked)} AS bucket FROM ${rows}`
}

/** Which hours belong to more than one part of time, as conditions: those that the range or a part's beginning cuts through. */
function cutHours({ range, grain, steps }: Asked): string[] {
  const instants = [range.from, range.to, ...(grain === 'TOTAL' ? [] : steps.slice(1).map(({ from }) => from))]
  const within = [...new Set(instants.filter((at) => at % HOUR_MS !== 0).map((at) => at - (at % HOUR_MS)))]
  const cuts = within.map((hour) => `hour = ${timestamp(hour)}`)
  if (grain === 'TOTAL' || steps.every(({ minutes }) => minutes % 60 === 0)) return cuts
  const minute = `((epoch_us(hour) // 60000000 + ${offsetAt(steps)}) % ${grain === 'HOUR' ? 60 : 1440})`
  return [...cuts, grain === 'HOUR' ? `${minute} > 0` : `${minute} > 1380`]
}

/**
 * The slices in quarters of hours, for a range or a zone that cuts through hours; `hour` is the quarter's beginning. Each
 * part gets what is its by time, as the difference of two sums up to it, so that parts add up to the whole.
 */
function cut({ from, to }: Asked['range'], slices: string): string {
  const us = (end: string) => `date_diff('microsecond', from_at, ${end})`
  const sumTo = (column: string, places: number, type: string, end: string) =>
    `CASE WHEN ${end} >= to_at THEN ${column}
     ELSE round(${column}::DOUBLE * ${us(end)} / ${us('to_at')}, ${places})::${type} END`
  const part = (column: string, places: number, type: string) =>
    `(${sumTo(column, places, type, 'hi')}) - (${sumTo(column, places, type, 'lo')}) AS ${column}`
  return `SELECT * EXCLUDE (quarter, lo, hi) REPLACE (
      quarter AS hour, sign * date_diff('microsecond', lo, hi) AS held_us, ${part('cost', 10, 'DECIMAL(28,10)')},
      ${part('utilised_us', 0, 'BIGINT')}, ${part('energy_mj', 0, 'BIGINT')},
      CASE WHEN lo = from_at THEN starts ELSE 0 END AS starts)
    FROM (
      SELECT *, greatest(from_at, quarter, ${timestamp(from)}) AS lo,
        least(to_at, quarter + INTERVAL 15 MINUTE, ${timestamp(to)}) AS hi
      FROM (SELECT *, hour + to_minutes(15 * unnest([0, 1, 2, 3])) AS quarter FROM ${slices})
    )
    WHERE hi > lo
      OR (to_at = from_at AND from_at >= quarter AND from_at < quarter + INTERVAL 15 MINUTE
          AND from_at >= ${timestamp(from)} AND from_at < ${timestamp(to)})`
}

/**
 * The beginning of the part of time that holds an hour, in microseconds. Days, and weeks from Monday, are reckoned in
 * whole numbers: DuckDB's own functions of dates take several times as long.
 */
function bucketOf({ grain, steps }: Asked): string {
  const offset = `(${offsetAt(steps)})::BIGINT * ${MINUTE_US}`
  const local = `(epoch_us(hour) + ${offset})`
  if (grain === 'MONTH') return `epoch_us(date_trunc('month', make_timestamp(${local}))::TIMESTAMP)`
  if (grain === 'HOUR') return `(${local} // ${HOUR_US} * ${HOUR_US} - ${offset})`
  if (grain === 'DAY') return `(${local} // ${DAY_US} * ${DAY_US})`
  // The first day of 1970 was a Thursday.
  return `((${local} + 3 * ${DAY_US}) // (7 * ${DAY_US}) * (7 * ${DAY_US}) - 3 * ${DAY_US})`
}

function offsetAt(steps: readonly Step[]): string {
  const [first, ...others] = steps
  if (others.length === 0) return String(first?.minutes ?? 0)
  const later = others.toReversed().map(({ from, minutes }) => `WHEN hour >= ${timestamp(from)} THEN ${minutes}`)
  return `CASE ${later.join(' ')} ELSE ${first?.minutes} END`
}

/** What a slice must be like to count; `value` makes a name part of the statement. */
export function conditions(
  { range, filter, sees }: Pick<Asked, 'range' | 'filter' | 'sees'>,
  value: (given: string) => string,
): string {
  const among = (column: string, names: readonly string[]) =>
    names.length === 0 ? 'false' : `${column} IN (${names.map(value).join(', ')})`
  const all = [`hour >= ${timestamp(range.from)}`, `hour < ${timestamp(range.to)}`]
  if (!isWholeHours(range)) all.splice(0, 2, 'true')
  if (filter.accounts) all.push(among('account', filter.accounts))
  if (filter.users) all.push(among('submitted_by', filter.users))
  if (filter.models) all.push(among('model', filter.models))
  if (sees) all.push(`(submitted_by = ${value(sees.user)} OR ${among('account', sees.accounts)})`)
  return all.join(' AND ')
}

function isWholeHours({ from, to }: Asked['range']): boolean {
  return from % HOUR_MS === 0 && to % HOUR_MS === 0
}

/** The days of UTC that a range touches. */
export function daysOf({ from, to }: Asked['range']): { from: string; to: string } {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  return { from: day(from), to: day(Math.max(from, to - 1)) }
}

/** An instant as DuckDB reads it in a statement. */
export function timestamp(at: number): string {
  return `TIMESTAMP '${new Date(at).toISOString().replace('T', ' ').replace('Z', '')}'`
}
