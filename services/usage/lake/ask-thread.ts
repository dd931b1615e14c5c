// The thread in which DuckDB answers: turning many rows into objects would hold up the service's own.
import { rm } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { rowsOfCsv } from './columns.ts'
import { type DuckDBLimits, openDuckDB } from './duckdb.ts'
import type { FromThread, Question, Row, Source, ToThread } from './question.ts'
import { selectRows } from './rows.ts'

/** Tails that are kept: a question may still be on its way with the one before. */
const TAILS = 4

const { directory, limits }: { directory: string; limits: DuckDBLimits } = workerData
const say = (message: FromThread) => parentPort?.postMessage(message)

const duckdb = await openDuckDB(directory, limits)
const tables = new Map<string, Promise<string>>()
const asking = new Map<number, DuckDBConnection>()
const cancelled = new Set<number>()

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'ask') void answer(message.id, message.question, message.source)
  else {
    cancelled.add(message.id)
    asking.get(message.id)?.interrupt()
  }
})
say({ kind: 'ready' })

async function answer(id: number, question: Question, source: Source): Promise<void> {
  const connection = await duckdb.connect()
  asking.set(id, connection)
  try {
    if (cancelled.has(id)) throw new Error('It was cancelled.')
    const table = await tailTable(duckdb, source.tail)
    await connection.run(`CREATE TEMP VIEW slices AS ${selectRows(directory, source.files, table, question.days)}`)
    const result = await connection.runAndReadAll(question.select, [...question.values])
    // What DuckDB's JSON may hold beside these are lists and objects, which no question selects.
    say({ kind: 'rows', id, rows: result.getRowObjectsJson() as Row[] })
  } catch (error) {
    say({ kind: 'failed', id, message: String(error), cancelled: cancelled.has(id) })
  } finally {
    asking.delete(id)
    cancelled.delete(id)
    connection.closeSync()
  }
}

/** The table that holds the tail, made the first time that it is asked for. */
function tailTable(instance: DuckDBInstance, { id, csv }: Source['tail']): Promise<string> {
  const known = tables.get(id)
  if (known) return known
  const name = `"tail ${id}"`
  const made = run(instance, `CREATE TABLE ${name} AS FROM ${rowsOfCsv(csv)}`).then(() => name)
  tables.set(id, made)
  void made.catch(() => tables.delete(id)).finally(() => rm(csv, { force: true }))
  const oldest = tables.keys().next().value
  if (tables.size > TAILS && oldest !== undefined) void drop(instance, oldest)
  return made
}

async function drop(instance: DuckDBInstance, id: string): Promise<void> {
  const table = tables.get(id)
  tables.delete(id)
  // Where somebody reads it still, it goes when they have done.
  if (table) await table.then((name) => run(instance, `DROP TABLE ${name}`)).catch(() => {})
}

async function run(instance: DuckDBInstance, sql: string): Promise<void> {
  const connection = await instance.connect()
  try {
    await connection.run(sql)
  } finally {
    connection.closeSync()
  }
}
