// The thread in which DuckDB answers: turning many rows into objects would hold up the service's own.
import { rm } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { literal, rowsOfCsv } from './columns.ts'
import { type DuckDBLimits, openDuckDB } from './duckdb.ts'
import type { FromThread, Question, Source, ToThread } from './question.ts'
import { buffersOf, readTable } from './read-table.ts'
import { selectRows } from './rows.ts'
import { readStarts, readSums } from './sums.ts'

/** Tails that are kept: a question may still be on its way with the one before. */
const TAILS = 4

const { directory, limits }: { directory: string; limits: DuckDBLimits } = workerData
const say = (message: FromThread, moved: ArrayBufferLike[] = []) =>
  parentPort?.postMessage(message, moved.filter(isOwn))
const isOwn = (buffer: ArrayBufferLike): buffer is ArrayBuffer => buffer instanceof ArrayBuffer

const pathIn = (file: string) => literal(`${directory}/${file}`)

const duckdb = await openDuckDB(directory, limits)
const tables = new Map<string, Promise<string>>()
/** Questions on their way: how to call each off. */
const asking = new Map<number, AbortController>()

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'ask') void answer(message.id, message.question, message.source)
  else if (message.kind === 'cancel') asking.get(message.id)?.abort()
  else parentPort?.close()
})
say({ kind: 'ready' })

async function answer(id: number, question: Question, source: Source): Promise<void> {
  const calledOff = new AbortController()
  asking.set(id, calledOff)
  const connection = await duckdb.connect()
  const interrupting = interruptOn(calledOff.signal, connection)
  try {
    const tail = await tailTable(duckdb, source.tail)
    const rowsOf = (files: readonly string[]) => selectRows(directory, files, tail, question.days)
    await connection.run(`CREATE TEMP VIEW slices AS ${rowsOf(source.files)}`)
    if (source.sums) {
      const { files, starts, others } = source.sums
      const [paths, rest] = [files.map(pathIn), rowsOf(others)]
      await connection.run(`CREATE TEMP VIEW sums AS ${readSums(paths, rest, source.sums)}`)
      if (starts) await connection.run(`CREATE TEMP VIEW starts AS ${readStarts(starts.map(pathIn), rest)}`)
    }
    calledOff.signal.throwIfAborted()
    const table = await readTable(await connection.run(question.select, [...question.values]))
    say({ kind: 'rows', id, table }, buffersOf(table))
  } catch (error) {
    say({ kind: 'failed', id, message: String(error), cancelled: calledOff.signal.aborted })
  } finally {
    asking.delete(id)
    interrupting.stop()
    connection.closeSync()
  }
}

/** How often a statement is interrupted that was called off: DuckDB forgets what comes before it has begun. */
const INTERRUPT_MS = 20

function interruptOn(signal: AbortSignal, connection: DuckDBConnection): { stop(): void } {
  let timer: NodeJS.Timeout | undefined
  signal.addEventListener('abort', () => {
    timer = setInterval(() => connection.interrupt(), INTERRUPT_MS)
  })
  return { stop: () => clearInterval(timer) }
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
