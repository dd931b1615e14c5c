// Sums of slices by hour, by day, and by day and GPU, and what says that runs start, in files beside those of the slices:
// most questions tell apart no more than these do, and have a small part of the rows to read then. Those by hour say too
// what they had come to by each quarter of the hour, for zones whose days begin within an hour of UTC.
import type { LakeFile, LakePart } from './manifest.ts'

export type Resolution = 'hours' | 'days' | 'gpus'

const KEYS = ['account', 'submitted_by', 'model', 'outcome', 'currency'] as const
/** By GPU and user there would be nearly as many sums as slices. */
const KEYS_OF: Readonly<Record<Resolution, readonly string[]>> = {
  hours: KEYS,
  days: KEYS,
  gpus: ['gpu_id', 'account', 'model', 'outcome', 'currency'],
}
/** What adds up, with its type. */
const MEASURES = [
  ['held_us', 'BIGINT'],
  ['starts', 'INTEGER'],
  ['utilised_us', 'BIGINT'],
  ['measured_us', 'BIGINT'],
  ['energy_mj', 'BIGINT'],
  ['cost', 'DECIMAL(38,10)'],
] as const
type Measure = (typeof MEASURES)[number][0]
/** Begins with the time, which is called `hour` in all, so that a question is the same for each. */
export const sumColumns = (keys: readonly string[]) =>
  ['hour', ...keys, ...MEASURES.map(([name]) => name), 'provisional'].join(', ')

/** Minutes after which a sum by hour says what it had come to. */
const QUARTERS = [15, 30, 45] as const
const upTo = (measure: Measure, minutes: number) => `${measure}_${minutes}`
const QUARTER_COLUMNS = QUARTERS.flatMap((minutes) => MEASURES.map(([name]) => upTo(name, minutes))).join(', ')

/** What a sum is made of, as a SELECT of slices, which stand in FROM as they are, has it in its columns. */
export function measured(slices: string, { quarters = false } = {}): string {
  if (!quarters) return `SELECT *, ${MEASURED} AS measured_us FROM ${slices}`
  const ends = QUARTERS.map((minutes) => `hour + INTERVAL ${minutes} MINUTE AS ${endOf(minutes)}`).join(', ')
  return `SELECT *, ${MEASURED} AS measured_us, ${QUARTERS.map(comeTo).join(', ')} FROM (SELECT *, ${ends} FROM ${slices})`
}

const MEASURED = 'CASE WHEN utilised_us IS NOT NULL THEN held_us END'
const endOf = (minutes: number) => `after_${minutes}`

/** What a slice has come to so many minutes after its hour began: its part by time, as `cut` reckons it. */
function comeTo(minutes: number): string {
  const end = endOf(minutes)
  const us = (to: string) => `date_diff('microsecond', from_at, ${to})`
  const byTime = (column: string, places: number, type: string) =>
    `CASE WHEN to_at <= ${end} THEN ${column} WHEN from_at >= ${end} THEN ${column} - ${column}
     ELSE round(${column}::DOUBLE * ${us(end)} / ${us('to_at')}, ${places})::${type} END`
  const held = `CASE WHEN to_at <= ${end} THEN held_us WHEN from_at >= ${end} THEN 0 ELSE sign * ${us(end)} END`
  const columns: Record<Measure, string> = {
    held_us: held,
    starts: `CASE WHEN from_at < ${end} THEN starts ELSE 0 END`,
    utilised_us: byTime('utilised_us', 0, 'BIGINT'),
    measured_us: `CASE WHEN utilised_us IS NOT NULL THEN ${held} END`,
    energy_mj: byTime('energy_mj', 0, 'BIGINT'),
    cost: byTime('cost', 10, 'DECIMAL(28,10)'),
  }
  return MEASURES.map(([name]) => `${columns[name]} AS ${upTo(name, minutes)}`).join(', ')
}

/** A SELECT of the sums by hour over slices, which stand in FROM as they are; sorted as it is asked. */
export function sumUpHours(slices: string): string {
  const columns = [undefined, ...QUARTERS].flatMap((minutes) =>
    MEASURES.map(([name, type]) => added(minutes === undefined ? name : upTo(name, minutes), type)),
  )
  return `SELECT hour, ${KEYS.join(', ')}, ${columns.join(', ')} FROM (${measured(slices, { quarters: true })})
    GROUP BY ALL ORDER BY hour, account, submitted_by, model`
}

/** The same by day, over sums by hour. */
export function sumUpDays(hours: string): string {
  const columns = MEASURES.map(([name, type]) => added(name, type)).join(', ')
  return `SELECT date_trunc('day', hour)::TIMESTAMP AS hour, ${KEYS.join(', ')}, ${columns} FROM ${hours}
    GROUP BY ALL ORDER BY account, submitted_by, model, hour`
}

/** The same by day and GPU, over slices, which stand in FROM as they are. */
export function sumUpGpus(slices: string): string {
  const keys = KEYS_OF.gpus.join(', ')
  const columns = MEASURES.map(([name, type]) => added(name, type)).join(', ')
  return `SELECT date_trunc('day', hour)::TIMESTAMP AS hour, ${keys}, ${columns} FROM (${measured(slices)})
    GROUP BY ALL ORDER BY gpu_id, account, hour`
}

const added = (column: string, type: string) => `sum(${column})::${type} AS ${column}`

/**
 * A SELECT of the same columns for DuckDB, and of `provisional`: of files of sums, and of slices for which there are none.
 * With `quarters` it has those of quarters of hours too, which must be in the files.
 */
export function readSums(
  files: readonly string[],
  slices: string,
  { resolution, quarters }: { resolution: Resolution; quarters: boolean },
): string {
  const keys = KEYS_OF[resolution]
  const columns = quarters ? `${sumColumns(keys)}, ${QUARTER_COLUMNS}` : sumColumns(keys)
  const ofSlices = `SELECT ${columns} FROM (${measured(`(${slices})`, { quarters })})`
  if (files.length === 0) return ofSlices
  const read = `(SELECT *, false AS provisional FROM read_parquet([${files.join(', ')}], hive_partitioning = false))`
  return `SELECT ${columns} FROM ${read} UNION ALL ${ofSlices}`
}

/**
 * A SELECT of sums by hour, which stand in FROM as they are, cut where so many minutes of the hour are over; `hour` is the
 * piece's beginning. They are added up by `keys` before they are cut. What a piece has is the difference of two sums up to
 * it, so that pieces add up to the hour.
 */
export function inPieces(sums: string, keys: readonly string[], cuts: readonly number[]): string {
  const by = ['hour', ...keys].join(', ')
  const ends = [...cuts.toSorted((a, b) => a - b), 60]
  const until = (name: Measure, end: number) => (end === 60 ? name : upTo(name, end))
  const added = [...cuts, 60].flatMap((end) =>
    MEASURES.map(([name]) => `sum(${until(name, end)}) AS ${until(name, end)}`),
  )
  const pieces = ends.map((end, i) => {
    const begin = ends[i - 1] ?? 0
    const columns = MEASURES.map(([name]) =>
      begin === 0 ? `${until(name, end)} AS ${name}` : `${until(name, end)} - ${until(name, begin)} AS ${name}`,
    )
    const names = keys.map((key) => `${key}, `).join('')
    return `SELECT hour + INTERVAL ${begin} MINUTE AS hour, ${names}${columns.join(', ')}, provisional FROM cut_hours`
  })
  return `WITH cut_hours AS MATERIALIZED (
      SELECT ${by}, ${added.join(', ')}, bool_or(provisional) AS provisional FROM ${sums} GROUP BY ${by}
    ) ${pieces.join(' UNION ALL ')}`
}

/** Of what waited: who and what it was, and which run, where several rows may speak of one. */
const START_COLUMNS = [
  ...['from_at AS hour', 'account', 'submitted_by', 'model', 'outcome', 'starts', 'queue_wait_us', 'late'],
  'CASE WHEN late THEN run_id END AS run_id',
].join(', ')

/** A SELECT of the slices that say that a run starts, or take it back, which stand in FROM as they are; `hour` is when. */
export function selectStarts(slices: string): string {
  return `SELECT ${START_COLUMNS} FROM ${slices} WHERE starts <> 0`
}

/** The same of files that hold these alone, and of slices for which there are none. */
export function readStarts(files: readonly string[], slices: string): string {
  const ofSlices = selectStarts(`(${slices})`)
  if (files.length === 0) return ofSlices
  return `SELECT * FROM read_parquet([${files.join(', ')}], hive_partitioning = false) UNION ALL BY NAME ${ofSlices}`
}

/** All that belongs to a file of slices, itself first. */
export function partsOf({ path, bytes, sha256, sums }: LakeFile): LakePart[] {
  return [{ path, bytes, sha256 }, ...(sums ? [sums.hours, sums.days, sums.gpus, sums.starts] : [])]
}
