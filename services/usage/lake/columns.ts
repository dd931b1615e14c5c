// What a row of the lake is: a slice of the ledger with what is known of its run, each column as PostgreSQL gives it and
// as Parquet keeps it. Instants are UTC without a zone: with one DuckDB takes ten to a hundred times as long.

interface Column {
  name: string
  /** Of a slice `s` and its run `r`. */
  sql: string
  type: string
  /** Of a run that goes on, where that is something else: `s` is of `due_slices` then. */
  live?: string
}

const utc = (column: string) => `${column} AT TIME ZONE 'UTC'`
const microseconds = (interval: string) => `(extract(epoch FROM ${interval}) * 1000000)::bigint`

const COLUMNS: readonly Column[] = [
  { name: 'run_id', sql: 's.run_id', type: 'UUID' },
  { name: 'job_id', sql: 'r.job_id', type: 'UUID' },
  { name: 'attempt', sql: 'r.attempt', type: 'INTEGER' },
  { name: 'gpu_id', sql: 's.gpu_id', type: 'UUID' },
  { name: 'account', sql: 'r.account', type: 'VARCHAR' },
  { name: 'submitted_by', sql: 'r.submitted_by', type: 'VARCHAR' },
  { name: 'model', sql: 's.model', type: 'VARCHAR' },
  // Null while the run goes on.
  { name: 'outcome', sql: 'r.outcome', type: 'VARCHAR' },
  { name: 'hour', sql: utc('s.hour'), type: 'TIMESTAMP' },
  // [from_at, to_at): the part of the hour.
  { name: 'from_at', sql: utc('s.from_at'), type: 'TIMESTAMP' },
  { name: 'to_at', sql: utc('s.to_at'), type: 'TIMESTAMP' },
  // -1 takes an earlier row back; the figures below have the sign already.
  { name: 'sign', sql: 's.sign', type: 'TINYINT', live: '1' },
  { name: 'held_us', sql: 's.held_us', type: 'BIGINT', live: microseconds('s.to_at - s.from_at') },
  { name: 'starts', sql: 's.starts', type: 'TINYINT' },
  { name: 'started_at', sql: utc('r.started_at'), type: 'TIMESTAMP' },
  { name: 'queue_wait_us', sql: microseconds('r.started_at - r.queued_at'), type: 'BIGINT' },
  { name: 'per_gpu_hour', sql: 's.per_gpu_hour', type: 'DECIMAL(18,8)' },
  { name: 'currency', sql: 's.currency', type: 'VARCHAR' },
  {
    name: 'cost',
    sql: 's.cost',
    type: 'DECIMAL(28,10)',
    live: 'round(extract(epoch FROM s.to_at - s.from_at) * s.per_gpu_hour / 3600, 10)',
  },
  { name: 'utilised_us', sql: 's.utilised_us', type: 'BIGINT' },
  { name: 'energy_mj', sql: 's.energy_mj', type: 'BIGINT' },
  { name: 'late', sql: 's.late', type: 'BOOLEAN', live: 'false' },
  { name: 'provisional', sql: 'false', type: 'BOOLEAN', live: 'true' },
]

/** The columns of slices that were entered, for a SELECT from `slices s JOIN runs r USING (run_id)`. */
export const ENTERED = COLUMNS.map(({ sql, name }) => `${sql} AS ${name}`).join(', ')

/** The same of runs that go on, from `due_slices s JOIN runs r USING (run_id)`. */
export const LIVE = COLUMNS.map(({ sql, live, name }) => `${live ?? sql} AS ${name}`).join(', ')

/** The rows of a file that `copyOut` wrote, for DuckDB; `further` are columns that come after those of a slice. */
export function rowsOfCsv(path: string, further: readonly Pick<Column, 'name' | 'type'>[] = []): string {
  const types = [...COLUMNS, ...further].map(({ name, type }) => `'${name}': '${type}'`).join(', ')
  return `read_csv(${literal(path)}, header = false, auto_detect = false, delim = ',', quote = '"', escape = '"',
    nullstr = '\\N', allow_quoted_nulls = false, columns = {${types}})`
}

/** A text as DuckDB reads it in a statement. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
