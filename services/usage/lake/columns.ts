// What a row of the lake is: a slice of the ledger with what is known of its run, each column as PostgreSQL gives it and
// as Parquet keeps it. Instants are UTC without a zone: with one DuckDB takes ten to a hundred times as long.

interface Column {
  name: string
  /** Of a slice `s` and its run `r`. */
  sql: string
  type: string
  /** In a few words, for people who ask. */
  about: string
  /** Of a run that goes on, where that is something else: `s` is of `due_slices` then. */
  live?: string
}

/** Instants leave PostgreSQL as microseconds since 1970, which costs both sides half of what text with a date does. */
export const instant = (column: string) => `(date_part('epoch', ${column}) * 1000000)::bigint`
const microseconds = (interval: string) => `(extract(epoch FROM ${interval}) * 1000000)::bigint`

/** In the order of the files. */
export const COLUMNS: readonly Column[] = [
  { name: 'run_id', about: 'the attempt', sql: 's.run_id', type: 'UUID' },
  { name: 'job_id', about: 'its job', sql: 'r.job_id', type: 'UUID' },
  { name: 'attempt', about: 'which attempt of the job, from 1', sql: 'r.attempt', type: 'INTEGER' },
  { name: 'gpu_id', about: 'the GPU; zeros for a run without one', sql: 's.gpu_id', type: 'UUID' },
  { name: 'account', about: 'who pays, as it was at the start', sql: 'r.account', type: 'VARCHAR' },
  { name: 'submitted_by', about: 'who submitted it', sql: 'r.submitted_by', type: 'VARCHAR' },
  { name: 'model', about: 'of the GPU; empty for a run without one', sql: 's.model', type: 'VARCHAR' },
  // Null while the run goes on.
  {
    name: 'outcome',
    about: 'completed, failed, cancelled, lost or preempted; null while the run goes on',
    sql: 'r.outcome',
    type: 'VARCHAR',
  },
  { name: 'hour', about: 'the hour of UTC that the slice is of', sql: instant('s.hour'), type: 'TIMESTAMP' },
  // [from_at, to_at): the part of the hour.
  { name: 'from_at', about: 'where it begins, at or after the hour', sql: instant('s.from_at'), type: 'TIMESTAMP' },
  { name: 'to_at', about: 'where it ends, exclusive', sql: instant('s.to_at'), type: 'TIMESTAMP' },
  // -1 takes an earlier row back; the figures below have the sign already.
  {
    name: 'sign',
    about: '1; -1 takes an earlier entry back, and the figures are negative then',
    sql: 's.sign',
    type: 'TINYINT',
    live: '1',
  },
  {
    name: 'held_us',
    about: 'how long the GPU was held, in microseconds',
    sql: 's.held_us',
    type: 'BIGINT',
    live: microseconds('s.to_at - s.from_at'),
  },
  { name: 'starts', about: '1 in the one slice that counts the run', sql: 's.starts', type: 'TINYINT' },
  { name: 'started_at', about: 'when the run started', sql: instant('r.started_at'), type: 'TIMESTAMP' },
  {
    name: 'queue_wait_us',
    about: 'how long the attempt waited, in microseconds: of the run, the same in all its rows',
    sql: microseconds('r.started_at - r.queued_at'),
    type: 'BIGINT',
  },
  {
    name: 'per_gpu_hour',
    about: 'the price of the hour; null where there was none',
    sql: 's.per_gpu_hour',
    type: 'DECIMAL(18,8)',
  },
  { name: 'currency', about: 'of price and cost', sql: 's.currency', type: 'VARCHAR' },
  {
    name: 'cost',
    about: 'of the slice',
    sql: 's.cost',
    type: 'DECIMAL(28,10)',
    live: 'round(extract(epoch FROM s.to_at - s.from_at) * s.per_gpu_hour / 3600, 10)',
  },
  {
    name: 'utilised_us',
    about: 'the part of held_us in which the GPU worked; null where it was not measured',
    sql: 's.utilised_us',
    type: 'BIGINT',
  },
  {
    name: 'energy_mj',
    about: 'in millijoules, by time; null where it was not measured',
    sql: 's.energy_mj',
    type: 'BIGINT',
  },
  { name: 'late', about: 'entered when its month was closed', sql: 's.late', type: 'BOOLEAN', live: 'false' },
  {
    name: 'provisional',
    about: 'of a run that goes on, counted up to now',
    sql: 'false',
    type: 'BOOLEAN',
    live: 'true',
  },
]

/** The columns of slices that were entered, for a SELECT from `slices s JOIN runs r USING (run_id)`. */
export const ENTERED = COLUMNS.map(({ sql, name }) => `${sql} AS ${name}`).join(', ')

/** The same of runs that go on, from `due_slices s JOIN runs r USING (run_id)`. */
export const LIVE = COLUMNS.map(({ sql, live, name }) => `${live ?? sql} AS ${name}`).join(', ')

/** The rows of a file that `copyOut` wrote, for DuckDB; `further` are columns that come after those of a slice. */
export function rowsOfCsv(path: string, further: readonly Pick<Column, 'name' | 'type'>[] = []): string {
  const columns = [...COLUMNS, ...further]
  const isInstant = ({ type }: Pick<Column, 'type'>) => type === 'TIMESTAMP'
  const types = columns.map((column) => `'${column.name}': '${isInstant(column) ? 'BIGINT' : column.type}'`)
  const instants = columns.filter(isInstant).map(({ name }) => `make_timestamp(${name}) AS ${name}`)
  // The reader keeps several buffers: with its own 32 MiB each it does not fit into what the service gives DuckDB.
  return `(SELECT * REPLACE (${instants.join(', ')}) FROM read_csv(${literal(path)}, header = false, auto_detect = false,
    delim = ',', quote = '"', escape = '"', nullstr = '\\N', allow_quoted_nulls = false, buffer_size = 4194304,
    columns = {${types.join(', ')}}))`
}

/** A text as DuckDB reads it in a statement. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
