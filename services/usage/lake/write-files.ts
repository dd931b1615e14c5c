// Rows become files of the lake: one or a few for each day, written aside and then put in their place.
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { literal } from './columns.ts'
import { digest } from './digest.ts'
import type { Lake } from './fill.ts'
import type { LakeFile } from './manifest.ts'
import { goOn } from './step.ts'
import { syncDirectory } from './sync.ts'

/**
 * Writes the rows of a DuckDB SELECT: those of one `day` into one file, others into some for each day. `name` is that of
 * no other writing, and the beginning of the files' names. They are on the disk when this returns, and belong to the lake
 * once a manifest speaks of them.
 */
export async function writeFiles(
  { directory, duckdb, reached = goOn }: Pick<Lake, 'directory' | 'duckdb' | 'reached'>,
  name: string,
  rows: string,
  day?: string,
): Promise<LakeFile[]> {
  const aside = join(directory, 'staging', name)
  await rm(aside, { recursive: true, force: true })
  await mkdir(join(aside, day === undefined ? '' : `day=${day}`), { recursive: true })
  const connection = await duckdb.connect()
  try {
    // Sorted as it is asked: most questions are about some accounts. Day by day, so that one is written after the other.
    const sorted = `SELECT * FROM (${rows}) ORDER BY hour::DATE, account, submitted_by, model, hour`
    await connection.run(
      day === undefined
        ? `COPY (SELECT *, strftime(hour, '%Y-%m-%d') AS day FROM (${sorted})) TO ${literal(aside)}
           (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day), FILENAME_PATTERN '${name}-{i}', OVERWRITE_OR_IGNORE)`
        : `COPY (${sorted}) TO ${literal(join(aside, `day=${day}`, `${name}.parquet`))} (FORMAT parquet, COMPRESSION zstd)`,
    )
    reached('a file is written aside')
    const paths = (await readdir(aside, { recursive: true })).filter((path) => path.endsWith('.parquet'))
    return await Promise.all(
      paths.map(async (path) => {
        const counted = await connection.runAndReadAll(`SELECT count(*)::INTEGER FROM ${literal(join(aside, path))}`)
        const file = await putInPlace(directory, aside, path, Number(counted.getRows()[0]?.[0]))
        reached('a file is in its place')
        return file
      }),
    )
  } finally {
    connection.closeSync()
    await rm(aside, { recursive: true, force: true })
  }
}

async function putInPlace(directory: string, aside: string, path: string, rows: number): Promise<LakeFile> {
  const from = join(aside, path)
  const { sha256, bytes } = await digest(from)
  const handle = await open(from, 'r')
  await handle.sync().finally(() => handle.close())
  const place = join('slices', dirname(path), basename(path))
  await mkdir(dirname(join(directory, place)), { recursive: true })
  await rename(from, join(directory, place))
  await syncDirectory(dirname(join(directory, place)))
  return { path: place, day: dirname(path).replace('day=', ''), rows, bytes, sha256 }
}
