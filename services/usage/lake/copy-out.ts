// Rows leave PostgreSQL as CSV, which is the quickest way from there into DuckDB.
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { to } from 'pg-copy-streams'

/** Writes what the SELECT gives to a file that `rowsOfCsv` reads; returns how many rows. It may hold no parameters. */
export async function copyOut(client: PoolClient, select: string, path: string): Promise<number> {
  const rows = client.query(to(`COPY (${select}) TO STDOUT (FORMAT csv, NULL '\\N')`))
  await pipeline(rows, createWriteStream(path))
  return rows.rowCount
}
