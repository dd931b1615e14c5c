// What is written, and where it stays: PostgreSQL's log, rows and tables, and the streams of NATS.
import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import pg from 'pg'

/** Of one schema of the database, or one stream. */
export interface Stored {
  walBytes: number
  /** Rows that were inserted, updated or deleted, by schema. */
  rows: Record<string, number>
  /** Bytes of tables and of their indexes, by schema. */
  tables: Record<string, number>
  indexes: Record<string, number>
  /** By stream: messages ever, and bytes now. */
  messages: Record<string, number>
  streamBytes: Record<string, number>
}

export interface Ledger {
  look(): Promise<Stored>
  /** How long runs that were claimed since then had waited, in milliseconds. */
  waitsSince(when: Date): Promise<number[]>
  /** How many jobs wait. */
  waiting(): Promise<number>
  close(): Promise<void>
}

export function openLedger(adminUrl: string, nats: NatsConnection): Ledger {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 1 })
  return {
    async look() {
      const { rows: tables } = await pool.query<Table>(TABLES)
      const { rows: wal } = await pool.query<{ bytes: string }>(`SELECT pg_current_wal_insert_lsn() - '0/0' AS bytes`)
      const streams = await (await jetstreamManager(nats)).streams.list().next()
      return {
        walBytes: Number(wal[0]?.bytes),
        rows: by(tables, ({ schema, rows }) => [schema, rows]),
        tables: by(tables, ({ schema, size }) => [schema, size]),
        indexes: by(tables, ({ schema, indexes }) => [schema, indexes]),
        messages: by(streams, ({ config, state }) => [config.name, state.last_seq]),
        streamBytes: by(streams, ({ config, state }) => [config.name, state.bytes]),
      }
    },
    async waitsSince(when) {
      const { rows } = await pool.query<{ ms: number }>(
        `SELECT (extract(epoch FROM claimed_at - queued_at) * 1000)::double precision AS ms FROM jobs.runs WHERE queued_at >= $1`,
        [when],
      )
      return rows.map(({ ms }) => ms)
    },
    async waiting() {
      const { rows } = await pool.query<{ n: number }>('SELECT count(*)::integer AS n FROM jobs.queue')
      return rows[0]?.n ?? 0
    },
    close: () => pool.end(),
  }
}

interface Table {
  schema: string
  rows: number
  size: number
  indexes: number
}

const TABLES = `
SELECT schemaname AS schema, sum(n_tup_ins + n_tup_upd + n_tup_del)::double precision AS rows,
  sum(pg_table_size(relid))::double precision AS size, sum(pg_indexes_size(relid))::double precision AS indexes
FROM pg_stat_user_tables WHERE schemaname IN ('jobs', 'gpus', 'usage') GROUP BY 1`

function by<Row>(rows: readonly Row[], entry: (row: Row) => [string, number]): Record<string, number> {
  return Object.fromEntries(rows.map(entry))
}

/** What has been added since `before`. */
export function since(before: Stored, after: Stored): Stored {
  const less = (key: Exclude<keyof Stored, 'walBytes'>) =>
    Object.fromEntries(Object.entries(after[key]).map(([name, value]) => [name, value - (before[key][name] ?? 0)]))
  return {
    walBytes: after.walBytes - before.walBytes,
    rows: less('rows'),
    tables: less('tables'),
    indexes: less('indexes'),
    messages: less('messages'),
    streamBytes: less('streamBytes'),
  }
}
