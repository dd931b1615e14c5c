// The SELECT over the lake that answers a question.
import type { UsageDimension } from '../generated/resolvers.ts'
import type { Question } from '../lake/question.ts'
import { measured, type Resolution } from '../lake/sums.ts'
import type { Asked } from './asked.ts'
import { cutHours, cutSlices, cutSums, needsQuarters, oddHours } from './cut-hours.ts'
import { offsetAt, timestamp } from './sql-time.ts'
import { selectSums } from './sums.ts'

const COLUMNS: Readonly<Record<UsageDimension, string>> = {
  ACCOUNT: 'account',
  USER: 'submitted_by',
  MODEL: 'model',
  OUTCOME: 'outcome',
  GPU: 'gpu_id',
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MINUTE_US = 60_000_000
const HOUR_US = 60 * MINUTE_US
const DAY_US = 24 * HOUR_US
/** More groups than these are for an export. */
export const MOST_GROUPS = 50_000

/**
 * The question for DuckDB. Its rows are groups and the sum of all (`is_total` is 1). Time is `bucket`: local time for days
 * and longer, UTC for hours, in microseconds.
 */
export function toQuestion(asked: Asked): Question {
  const question = groupsOf(asked)
  return { ...question, select: `FROM (${question.select}) LIMIT ${MOST_GROUPS + 2}` }
}

/** The same however many groups there are; `sums` are those that are read. */
export function groupsOf(asked: Asked, sums: Resolution | null = resolutionFor(asked)): Question {
  const values: Question['values'][number][] = []
  const names = namesOf(asked, (given) => `$${values.push(given)}`)
  const rows = inParts(asked, sums ? cutSums(asked, { keys: toldApart(asked), names }) : slicesOf(asked, names))
  const waits = asked.metrics.has('QUEUE_WAIT')
  // What is kept of starts does not tell GPUs apart.
  const starts = waits && sums !== null && sums !== 'gpus'
  const runs = inParts(asked, startsOf(asked, names, starts ? 'starts' : STARTS_OF_SLICES))
  const select = selectSums({ rows, runs }, keysOf(asked), asked.metrics)
  const days = daysOf(asked.range)
  if (!sums) return { select, values, days }
  // Slices are of use for hours that no sums tell apart, and for starts that are kept nowhere else.
  const slices = waits && !starts ? undefined : [...new Set(oddHours(asked).map(dayOf))]
  const quarters = needsQuarters(asked)
  return { select, values, days, sums: { resolution: sums, quarters, starts, ...(slices && { slices }) } }
}

/** Which sums tell all apart that the question does; null where only slices do. */
function resolutionFor({ range, grain, steps, groupBy, filter, sees }: Asked): Resolution | null {
  const isOfDays = range.from % DAY_MS === 0 && range.to % DAY_MS === 0
  const isUtc = grain === 'TOTAL' || (grain !== 'HOUR' && steps.every(({ minutes }) => minutes === 0))
  if (!groupBy.includes('GPU')) return isOfDays && isUtc ? 'days' : 'hours'
  const isOfUsers = groupBy.includes('USER') || filter.users !== null || sees !== null
  return isOfDays && isUtc && !isOfUsers ? 'gpus' : null
}

/** What the rows of an answer are told apart by, as columns of `rows`. */
function keysOf({ grain, groupBy }: Pick<Asked, 'grain' | 'groupBy'>): string[] {
  return [...(grain === 'TOTAL' ? [] : ['bucket']), ...groupBy.map((dimension) => COLUMNS[dimension])]
}

/** Rows with the part of time that each is of, where parts of time are asked for. */
function inParts(asked: Asked, rows: string): string {
  return asked.grain === 'TOTAL' ? `SELECT * FROM (${rows})` : `SELECT *, ${bucketOf(asked)} AS bucket FROM (${rows})`
}

/** By what the rows of a question must be told apart. */
function toldApart({ groupBy, metrics }: Asked): string[] {
  const keys = groupBy.map((dimension) => COLUMNS[dimension])
  if (metrics.has('COST')) keys.push('currency')
  if (metrics.has('WASTED_GPU_TIME')) keys.push('outcome')
  return [...new Set(keys)]
}

/** All slices, those of hours that belong to more than one part of time in pieces. */
function slicesOf(asked: Asked, names: string): string {
  const { from, to } = asked.range
  const cuts = cutHours(asked)
  const within = `hour >= ${timestamp(from)} AND hour < ${timestamp(to)} AND ${names}`
  if (cuts.length === 0) return measured(`(FROM slices WHERE ${within})`)
  const isCut = `(${cuts.join(' OR ')})`
  return `${measured(`(FROM slices WHERE ${within} AND NOT ${isCut})`)}
    UNION ALL BY NAME ${cutSlices(asked, `(FROM slices WHERE ${isCut} AND ${names})`)}`
}

const STARTS_OF_SLICES = '(SELECT * REPLACE (from_at AS hour) FROM slices WHERE starts <> 0)'

/** What says that a run starts, or takes it back; `hour` is when it does. */
function startsOf({ range: { from, to } }: Asked, names: string, starts: string): string {
  return `SELECT * FROM ${starts} WHERE hour >= ${timestamp(from)} AND hour < ${timestamp(to)} AND ${names}`
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

/** What a slice must be like to count; `value` makes a name part of the statement. */
export function conditions(asked: Pick<Asked, 'range' | 'filter' | 'sees'>, value: (given: string) => string): string {
  const { range } = asked
  const names = namesOf(asked, value)
  if (!isWholeHours(range)) return names
  return `hour >= ${timestamp(range.from)} AND hour < ${timestamp(range.to)} AND ${names}`
}

/** The part of it that is about names. */
function namesOf({ filter, sees }: Pick<Asked, 'filter' | 'sees'>, value: (given: string) => string): string {
  const among = (column: string, names: readonly string[]) =>
    names.length === 0 ? 'false' : `${column} IN (${names.map(value).join(', ')})`
  const all: string[] = []
  if (filter.accounts) all.push(among('account', filter.accounts))
  if (filter.users) all.push(among('submitted_by', filter.users))
  if (filter.models) all.push(among('model', filter.models))
  if (sees) all.push(`(submitted_by = ${value(sees.user)} OR ${among('account', sees.accounts)})`)
  return all.length > 0 ? all.join(' AND ') : 'true'
}

function isWholeHours({ from, to }: Asked['range']): boolean {
  return from % HOUR_MS === 0 && to % HOUR_MS === 0
}

/** The days of UTC that a range touches. */
export function daysOf({ from, to }: Asked['range']): { from: string; to: string } {
  return { from: dayOf(from), to: dayOf(Math.max(from, to - 1)) }
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
