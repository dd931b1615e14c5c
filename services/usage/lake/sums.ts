// Sums of slices by hour and by day, in files beside those of the slices: most questions tell apart no more than these do,
// and have a small part of the rows to read then.
import type { LakeFile, LakePart } from './manifest.ts'

const RESOLUTIONS = ['hours', 'days'] as const
export type Resolution = (typeof RESOLUTIONS)[number]

const KEYS = 'account, submitted_by, model, outcome, currency'
/** Begins with the time, which is called `hour` in both, so that a question is the same for either. */
const COLUMNS = `hour, ${KEYS}, held_us, starts, utilised_us, measured_us, energy_mj, cost`

const MEASURED = 'CASE WHEN utilised_us IS NOT NULL THEN held_us END'

/** A SELECT of slices with what sums have and slices do not. */
export function measured(slices: string): string {
  return `SELECT *, ${MEASURED} AS measured_us FROM ${slices}`
}

/** A SELECT of the sums over slices, which stand in FROM as they are; sorted as it is asked. */
export function sumUp(slices: string, resolution: Resolution): string {
  const time = resolution === 'hours' ? 'hour' : `date_trunc('day', hour)::TIMESTAMP`
  return `SELECT ${time} AS hour, ${KEYS}, sum(held_us)::BIGINT AS held_us, sum(starts)::INTEGER AS starts,
      sum(utilised_us)::BIGINT AS utilised_us, sum(${MEASURED})::BIGINT AS measured_us,
      sum(energy_mj)::BIGINT AS energy_mj, sum(cost) AS cost
    FROM ${slices} GROUP BY ALL ORDER BY account, submitted_by, model, hour`
}

/**
 * A SELECT of the same columns for DuckDB, and of `provisional`: of files of sums, and of slices for which there are none.
 */
export function selectSums(files: readonly string[], slices: string): string {
  const ofSlices = `SELECT ${COLUMNS}, provisional FROM (${measured(`(${slices})`)})`
  if (files.length === 0) return ofSlices
  return `SELECT ${COLUMNS}, false AS provisional FROM read_parquet([${files.join(', ')}], hive_partitioning = false)
    UNION ALL ${ofSlices}`
}

/** All that belongs to a file of slices, itself first. */
export function partsOf({ path, bytes, sha256, sums }: LakeFile): LakePart[] {
  return [{ path, bytes, sha256 }, ...(sums ? RESOLUTIONS.map((resolution) => sums[resolution]) : [])]
}
