// Columns that say which transaction wrote a row. Those who follow a table by them read whole transactions at a time: a
// table that came back in one would be one bite.
import { type Client, escapeIdentifier } from 'pg'
import type { Service } from '../services.ts'
import { qualified } from './copy-files.ts'
import type { ServicePart } from './manifest.ts'

/** So many rows are as if of a transaction of their own. */
const ROWS_EACH = 50_000

/**
 * Uses up as many transactions as these rows are spread over, so that each of them is over; outside of any transaction.
 * @returns the first of them
 */
export async function useUpTransactions(client: Client, tables: ServicePart['tables']): Promise<bigint> {
  const needed = 1 + Math.max(0, ...tables.map(({ rows }) => Math.ceil(rows / ROWS_EACH)))
  let last = 0n
  for (let i = 0; i <= needed; i++) {
    const { rows } = await client.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id')
    last = BigInt(rows[0]?.id ?? 0)
  }
  return last - BigInt(needed)
}

/** Runs `load` while rows of the table are given transactions from `first` on. */
export async function spreadOver(
  client: Client,
  { service, table, first }: { service: Service; table: string; first: bigint },
  load: () => Promise<void>,
): Promise<void> {
  const { rows: columns } = await client.query<{ name: string; usual: string }>(
    `SELECT a.attname AS name, pg_get_expr(d.adbin, d.adrelid) AS usual
     FROM pg_attribute a JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attrelid = $1::regclass AND a.atttypid = 'xid8'::regtype AND NOT a.attisdropped`,
    [qualified(service, table)],
  )
  if (columns.length === 0) return load()
  const change = (column: string, expression: string) =>
    client.query(
      `ALTER TABLE ${qualified(service, table)} ALTER COLUMN ${escapeIdentifier(column)} SET DEFAULT ${expression}`,
    )
  const counter = qualified(service, 'restored_rows')
  await client.query(`CREATE SEQUENCE ${counter} MINVALUE 0 CACHE 1000`)
  for (const { name } of columns) {
    await change(name, `(${first} + nextval('${counter}') / ${ROWS_EACH})::text::xid8`)
  }
  await load()
  for (const { name, usual } of columns) await change(name, usual)
  await client.query(`DROP SEQUENCE ${counter}`)
}
