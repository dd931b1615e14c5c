// The lake as a table `slices` that can be read and not written: files, what they do not have yet, and what runs now.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type DuckDBConnection, StatementType } from '@duckdb/node-api'
import type { Pool } from 'pg'
import { COLUMNS, literal, rowsOfCsv } from '../columns.ts'
import { openDuckDB } from '../duckdb.ts'
import { type Manifest, readManifest } from '../manifest.ts'
import { readTail } from '../tail.ts'

export interface Column {
  name: string
  type: string
}

/** A value as text; null where there is none. */
export type Cell = string | null

export interface Answer {
  columns: Column[]
  /** In pieces, as they come. */
  rows: AsyncIterable<Cell[][]>
}

export interface Session {
  /**
   * Asks one question; nothing else is allowed.
   * @throws Error in DuckDB's words, or saying what is allowed
   */
  ask(sql: string): Promise<Answer>
  /** Breaks off what is being asked. */
  cancel(): void
  /** Up to when the answers are, in words. */
  state(): string
  close(): void
}

const LIMITS = { memoryMb: 512, threads: 2 }

/** Opens the lake; with a pool of the usage service's database the answers are up to the moment of the question. */
export async function openSession(directory: string, pool?: Pool): Promise<Session> {
  const duckdb = await openDuckDB(directory, LIMITS)
  const connection = await duckdb.connect()
  let state = ''
  const refresh = async () => {
    const manifest = await readManifest(directory)
    const asOf = await loadTail(connection, directory, manifest, pool)
    const files = `version ${manifest.version}, ${manifest.files.length} files`
    state = asOf === undefined ? `${files}, written ${manifest.writtenAt}` : `${files}; with what runs, ${asOf}`
  }
  await refresh()
  return {
    async ask(sql) {
      await refresh()
      await requireQuestion(connection, sql)
      const result = await connection.stream(sql)
      const types = result.columnTypes()
      const columns = result.columnNames().map((name, i) => ({ name, type: String(types[i]) }))
      return { columns, rows: cellsOf(result.yieldRowsJson()) }
    },
    cancel: () => connection.interrupt(),
    state: () => state,
    close() {
      connection.closeSync()
      duckdb.closeSync()
    },
  }
}

/** Makes the view of all rows; returns up to when what runs was counted. */
async function loadTail(
  connection: DuckDBConnection,
  directory: string,
  manifest: Manifest,
  pool: Pool | undefined,
): Promise<string | undefined> {
  const columns = COLUMNS.map(({ name, type }) => `${name} ${type}`).join(', ')
  await connection.run(`CREATE OR REPLACE TEMP TABLE newest (${columns})`)
  const tail = pool && (await readTail(pool, directory, manifest))
  if (tail) {
    await connection.run(`INSERT INTO newest FROM ${rowsOfCsv(tail.csv)}`).finally(() => rm(tail.csv, { force: true }))
  }
  const stale = new Set(tail?.staleDays)
  const files = manifest.files.flatMap(({ day, path }) => (stale.has(day) ? [] : [literal(join(directory, path))]))
  const inFiles = `FROM read_parquet([${files.join(', ')}], hive_partitioning = false) UNION ALL `
  await connection.run(`CREATE OR REPLACE TEMP VIEW slices AS ${files.length > 0 ? inFiles : ''}FROM newest`)
  return tail?.asOf
}

/** The sandbox keeps whoever asks within the lake's directory; that nothing is written in it is seen to here. */
async function requireQuestion(connection: DuckDBConnection, sql: string): Promise<void> {
  const statements = await connection.extractStatements(sql)
  if (statements.count !== 1) throw new Error('One statement at a time, please.')
  const statement = await statements.prepare(0)
  const { statementType: type } = statement
  statement.destroySync()
  if (type !== StatementType.SELECT)
    throw new Error('The lake is only read here: SELECT, FROM, DESCRIBE and SUMMARIZE.')
}

async function* cellsOf(pieces: AsyncIterable<readonly (readonly unknown[])[]>): AsyncIterable<Cell[][]> {
  for await (const rows of pieces) yield rows.map((row) => row.map(toCell))
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
