// The SELECT over the lake that answers a question.
import type { UsageDimension } from '../generated/resolvers.ts'
import type { Question } from '../lake/question.ts'
import type { Asked } from './asked.ts'
import type { Step } from './time-zone.ts'

const COLUMNS: Readonly<Record<UsageDimension, string>> = {
  ACCOUNT: 'account',
  USER: 'submitted_by',
  MODEL: 'model',
  OUTCOME: 'outcome',
  GPU: 'gpu_id',
}

const HOUR_MS = 3_600_000
/** More groups than these are for an export. */
export const MOST_GROUPS = 50_000

/**
 * The question for DuckDB. Its rows are groups, sums of all (`part` is 1), and for the costs each of them once more by
 * currency (`by_currency` is 1). Time is `bucket`: local time for days and longer, UTC for hours, in microseconds.
 */
export function toQuestion(asked: Asked): Question {
  const values: Question['values'][number][] = []
  const value = (given: string | number) => `$${values.push(given)}`
  const keys = keysOf(asked)
  const withCosts = asked.metrics.has('COST')
  const sets = [keys, [], ...(withCosts ? [[...keys, 'currency'], ['currency']] : [])]
  const select = `WITH rows AS (${partsOf(asked)} WHERE ${conditions(asked, value)})
    SELECT ${keys.map((key) => `${key},`).join(' ')} ${withCosts ? 'currency,' : ''}
      (${grouping(keys)}) AS is_total, ${withCosts ? '1 - grouping(currency)::INTEGER' : '0'} AS by_currency,
      ${sums(asked)}
    FROM rows GROUP BY GROUPING SETS (${sets.map((set) => `(${set.join(', ')})`).join(', ')})
    LIMIT ${2 * MOST_GROUPS}`
  return { select, values, days: daysOf(asked.range) }
}

/** What the rows of an answer are told apart by, as columns of `rows`. */
export function keysOf({ grain, groupBy }: Pick<Asked, 'grain' | 'groupBy'>): string[] {
  return [...(grain === 'TOTAL' ? [] : ['bucket']), ...groupBy.map((dimension) => COLUMNS[dimension])]
}

function grouping(keys: readonly string[]): string {
  return keys.length === 0 ? '1' : `grouping(${keys[0]})::INTEGER`
}

/** Sums that are asked for; those of another kind are not made, as some are dear. */
function sums({ metrics }: Asked): string {
  const wait = (part: number) => `quantile_cont(queue_wait_us, ${part}) FILTER (starts = 1) / 1000000.0`
  const all = {
    held_us: 'sum(held_us)::BIGINT',
    runs: 'sum(starts)::INTEGER',
    provisional: 'bool_or(provisional)',
    ...(metrics.has('WASTED_GPU_TIME') && {
      wasted_us: `coalesce(sum(held_us) FILTER (outcome IS NOT NULL AND outcome <> 'completed'), 0)::BIGINT`,
    }),
    ...(metrics.has('UTILISATION') && {
      utilised_us: 'coalesce(sum(utilised_us), 0)::BIGINT',
      measured_us: 'coalesce(sum(held_us) FILTER (utilised_us IS NOT NULL), 0)::BIGINT',
    }),
    ...(metrics.has('ENERGY') && { energy_mj: 'coalesce(sum(energy_mj), 0)::BIGINT' }),
    ...(metrics.has('COST') && { cost: 'sum(cost)::VARCHAR' }),
    ...(metrics.has('QUEUE_WAIT') && { wait_p50: wait(0.5), wait_p95: wait(0.95) }),
  }
  return Object.entries(all)
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(', ')
}

/** The slices with the part of time that each is of, where parts of time are asked for. */
function partsOf(asked: Asked): string {
  const { range, grain, steps } = asked
  const rows = isWholeHours(range) && steps.every(({ minutes }) => minutes % 60 === 0) ? 'slices' : `(${cut(range)})`
  return grain === 'TOTAL' ? `SELECT * FROM ${rows}` : `SELECT *, ${bucketOf(asked)} AS bucket FROM ${rows}`
}

/**
 * The slices in quarters of hours, for a range or a zone that cuts through hours; `hour` is the quarter's beginning. Each
 * part gets what is its by time, as the difference of two sums up to it, so that parts add up to the whole.
 */
function cut({ from, to }: Asked['range']): string {
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
      FROM (SELECT *, hour + to_minutes(15 * unnest([0, 1, 2, 3])) AS quarter FROM slices)
    )
    WHERE hi > lo
      OR (to_at = from_at AND from_at >= quarter AND from_at < quarter + INTERVAL 15 MINUTE
          AND from_at >= ${timestamp(from)} AND from_at < ${timestamp(to)})`
}

/** The beginning of the part of time that holds an hour, in microseconds. */
function bucketOf({ grain, steps }: Asked): string {
  const offset = `to_minutes(${offsetAt(steps)})`
  if (grain === 'HOUR') return `epoch_us(date_trunc('hour', hour + ${offset}) - ${offset})`
  return `epoch_us(date_trunc('${grain.toLowerCase()}', hour + ${offset})::TIMESTAMP)`
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
