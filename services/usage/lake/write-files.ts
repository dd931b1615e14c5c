// Rows become files of the lake: one for each day, written aside and then put in their place.
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { literal } from './columns.ts'
import { digest } from './digest.ts'
import type { Lake } from './fill.ts'
import type { LakeFile, LakePart } from './manifest.ts'
import { goOn } from './step.ts'
import { selectStarts, sumUpDays, sumUpGpus, sumUpHours } from './sums.ts'
import { syncDirectory } from './sync.ts'

/**
 * Slices are kept small, as they are many and read by others too; sums are few, and asked all the time: they are packed so
 * that they are unpacked in half the time. So many rows are read or left out together: fewer would make whole files dearer
 * to read, and more the hours that a zone's days begin in.
 */
const FORMS = {
  slices: 'COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 32768',
  sums: 'COMPRESSION lz4_raw, ROW_GROUP_SIZE 8192',
} as const
type Folder = keyof typeof FORMS

type Writer = Pick<Lake, 'directory' | 'duckdb' | 'reached'>

/**
 * Writes the rows of a table of DuckDB's, or of a SELECT in brackets: a file for each day. `name` is that of no other
 * writing, and the files'. They are on the disk when this returns, and belong to the lake once a manifest speaks of them.
 */
export async function writeFiles(writer: Writer, name: string, rows: string): Promise<LakeFile[]> {
  return withConnection(writer, async (connection) => {
    // Day by day from memory: twice as quick as to have DuckDB part them while it writes.
    await connection.run(`CREATE TEMP TABLE news AS FROM ${rows}`)
    const found = await connection.runAndReadAll(
      `SELECT DISTINCT strftime(hour, '%Y-%m-%d') AS day FROM news ORDER BY day`,
    )
    const files: LakeFile[] = []
    for (const { day } of found.getRowObjectsJson()) {
      const next = literal(String(day))
      const ofDay = `SELECT * FROM news WHERE hour >= TIMESTAMP ${next} AND hour < TIMESTAMP ${next} + INTERVAL 1 DAY`
      files.push(await writeSlices(writer, connection, { name, day: String(day), rows: ofDay }))
    }
    await connection.run('DROP TABLE news')
    return files
  })
}

/**
 * Writes the rows of a SELECT that are all of one day into one file, as `writeFiles` does, and what `sums.ts` makes of them. What
 * comes in has none: it is put together soon, and these would be made twice.
 */
export async function writeDay(writer: Writer, name: string, day: string, rows: string): Promise<LakeFile> {
  return withConnection(writer, async (connection) => {
    const slices = await writeSlices(writer, connection, { name, day, rows })
    const write = async (suffix: string, select: string) => {
      const path = pathOf('sums', day, `${name}-${suffix}`)
      return (await writePart(writer, connection, { folder: 'sums', path, select })).part
    }
    await connection.run(`CREATE TEMP TABLE sums AS ${sumUpHours(`(${rows})`)}`)
    const hours = await write('hours', 'FROM sums')
    const days = await write('days', sumUpDays('sums'))
    await connection.run('DROP TABLE sums')
    const gpus = await write('gpus', sumUpGpus(`(${rows})`))
    const starts = await write('starts', `${selectStarts(`(${rows})`)} ORDER BY hour`)
    return { ...slices, sums: { hours, days, gpus, starts } }
  })
}

function pathOf(folder: Folder, day: string, name: string): string {
  return join(folder, `day=${day}`, `${name}.parquet`)
}

async function withConnection<T>({ duckdb }: Writer, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const connection = await duckdb.connect()
  try {
    return await work(connection)
  } finally {
    connection.closeSync()
  }
}

async function writeSlices(
  writer: Writer,
  connection: DuckDBConnection,
  { name, day, rows }: { name: string; day: string; rows: string },
): Promise<LakeFile> {
  // What is asked of slices and not of sums is about some hours, or about all.
  const select = `FROM (${rows}) ORDER BY hour, account, submitted_by, model`
  const { part, rows: count } = await writePart(writer, connection, {
    folder: 'slices',
    path: pathOf('slices', day, name),
    select,
  })
  return { ...part, day, rows: count }
}

/** Writes a file aside and puts it in its place; `path` is that within the lake. */
async function writePart(
  { directory, reached = goOn }: Writer,
  connection: DuckDBConnection,
  { folder, path, select }: { folder: Folder; path: string; select: string },
): Promise<{ part: LakePart; rows: number }> {
  const aside = join(directory, 'staging', basename(path))
  await mkdir(dirname(aside), { recursive: true })
  try {
    const { rowsChanged } = await connection.run(
      `COPY (${select}) TO ${literal(aside)}
        (FORMAT parquet, PARQUET_VERSION v2, ${FORMS[folder]})`,
    )
    reached('a file is written aside')
    const part = await putInPlace(directory, aside, path)
    reached('a file is in its place')
    return { part, rows: rowsChanged }
  } finally {
    await rm(aside, { force: true })
  }
}

async function putInPlace(directory: string, aside: string, path: string): Promise<LakePart> {
  const { sha256, bytes } = await digest(aside)
  const handle = await open(aside, 'r')
  await handle.sync().finally(() => handle.close())
  const folder = dirname(join(directory, path))
  await mkdir(folder, { recursive: true })
  await rename(aside, join(directory, path))
  await syncDirectory(folder)
  return { path, bytes, sha256 }
}
