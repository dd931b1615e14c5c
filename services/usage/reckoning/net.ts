// What all entries of an hour of a GPU come to: what was taken back cancels out.

/** A SELECT of what stands in a table of slices, by run, GPU and hour; `begins` is where it begins within the hour. */
export function netSlices(table: string): string {
  return `SELECT run_id, gpu_id, hour, model, per_gpu_hour, currency, sum(sign) AS entries, sum(starts) AS starts,
      sum(held_us) AS held_us, coalesce(sum(cost), 0) AS cost, coalesce(sum(utilised_us), 0) AS utilised_us,
      coalesce(sum(energy_mj), 0) AS energy_mj, sum(sign * extract(epoch FROM from_at - hour)) AS begins
    FROM ${table} GROUP BY 1, 2, 3, 4, 5, 6
    HAVING sum(sign) <> 0 OR sum(held_us) <> 0 OR sum(starts) <> 0 OR coalesce(sum(cost), 0) <> 0`
}

/** The same of what runs that have ended should have. */
export function dueSlices(view: string): string {
  return `SELECT run_id, gpu_id, hour, model, per_gpu_hour, currency, 1 AS entries, starts,
      (extract(epoch FROM to_at - from_at) * 1000000)::bigint AS held_us,
      coalesce(round(extract(epoch FROM to_at - from_at) * per_gpu_hour / 3600, 10), 0) AS cost,
      coalesce(utilised_us, 0) AS utilised_us, coalesce(energy_mj, 0) AS energy_mj,
      extract(epoch FROM from_at - hour) AS begins
    FROM ${view} WHERE NOT provisional`
}

const FIGURES = ['entries', 'starts', 'held_us', 'cost', 'utilised_us', 'energy_mj', 'begins']
const NAMES = ['model', 'per_gpu_hour', 'currency']

/** A SELECT of where two of these differ, as text and with the run that it is of. */
export function sliceDifferences(stands: string, due: string): string {
  return differing(stands, due, {
    key: ['run_id', 'gpu_id', 'hour'],
    values: [...NAMES, ...FIGURES],
    name: `format('run %s, GPU %s, %s', run_id, gpu_id, to_char(hour AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24"Z"'))`,
    columns: 'run_id, hour',
  })
}

/** The sums by hour that a table of slices and its runs come to. */
export function sumsByHour(slices: string, runs: string): string {
  return `SELECT s.hour, r.account, r.submitted_by, s.model, coalesce(s.currency, '') AS currency, sum(s.starts) AS runs,
      sum(s.held_us) AS held_us, coalesce(sum(s.held_us) FILTER (WHERE r.outcome <> 'completed'), 0) AS wasted_us,
      coalesce(sum(s.utilised_us), 0) AS utilised_us,
      coalesce(sum(s.held_us) FILTER (WHERE s.utilised_us IS NOT NULL), 0) AS measured_us,
      coalesce(sum(s.energy_mj), 0) AS energy_mj, coalesce(sum(s.cost), 0) AS cost
    FROM ${slices} s JOIN ${runs} r USING (run_id) GROUP BY 1, 2, 3, 4, 5`
}

export const HOURLY_KEY = ['account', 'hour', 'submitted_by', 'model', 'currency']
export const HOURLY_SUMS = ['runs', 'held_us', 'wasted_us', 'utilised_us', 'measured_us', 'energy_mj', 'cost']

/** The sums by day of UTC that sums by hour come to. */
export function sumsByDay(hourly: string): string {
  return `SELECT (hour AT TIME ZONE 'UTC')::date AS day, account, submitted_by, model, currency,
      ${HOURLY_SUMS.map((sum) => `sum(${sum}) AS ${sum}`).join(', ')}
    FROM ${hourly} GROUP BY 1, 2, 3, 4, 5`
}

/** A SELECT of where two such sums differ; an hour of nothing is the same as none. */
export function hourlyDifferences(stands: string, due: string): string {
  return sumDifferences(stands, due, HOURLY_KEY, {
    name: `to_char(hour AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24"Z"')`,
    columns: 'account, hour',
  })
}

/** The same of days. */
export function dailyDifferences(stands: string, due: string): string {
  const key = HOURLY_KEY.map((column) => (column === 'hour' ? 'day' : column))
  return sumDifferences(stands, due, key, { name: 'day', columns: 'account, day' })
}

function sumDifferences(
  stands: string,
  due: string,
  key: readonly string[],
  { name, columns }: Pick<Comparison, 'name' | 'columns'>,
): string {
  const something = (rows: string) =>
    `SELECT * FROM (${rows}) r WHERE (${HOURLY_SUMS.join(', ')}) IS DISTINCT FROM (${HOURLY_SUMS.map(() => '0').join(', ')})`
  return differing(something(stands), something(due), {
    ...{ key, values: HOURLY_SUMS, columns },
    name: `format('%s, %s of %s, %s %s', ${name}, submitted_by, account, model, currency)`,
  })
}

interface Comparison {
  key: readonly string[]
  values: readonly string[]
  /** SQL of the key in words. */
  name: string
  /** Columns of the key that are selected beside `example`. */
  columns: string
}

/** A SELECT of each key of which only one of two SELECTs knows, or of which they say something else. */
export function differing(stands: string, due: string, { key, values, name, columns }: Comparison): string {
  const row = (of: string) => `(${values.map((value) => `${of}.${value}`).join(', ')})`
  const changes = values.map(
    (value) => `CASE WHEN s.${value} IS DISTINCT FROM d.${value} THEN
      format('${value} %s, should be %s', coalesce(s.${value}::text, 'unknown'), coalesce(d.${value}::text, 'unknown')) END`,
  )
  return `SELECT ${columns}, ${name} || ': ' || CASE
      WHEN s.there IS NULL THEN 'is missing'
      WHEN d.there IS NULL THEN 'should not be there'
      ELSE concat_ws('; ', ${changes.join(', ')}) END AS example
    FROM (SELECT *, true AS there FROM (${stands}) x) s FULL JOIN (SELECT *, true AS there FROM (${due}) x) d
      USING (${key.join(', ')})
    WHERE s.there IS NULL OR d.there IS NULL OR ${row('s')} IS DISTINCT FROM ${row('d')}`
}
