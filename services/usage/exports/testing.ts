// For tests: exports over a lake of their own, and their files read back.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Principal } from '@constellation/platform/identity.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Pool } from 'pg'
import type { RequestUsageExportInput } from '../generated/resolvers.ts'
import type { Bucket } from '../lake/bucket.ts'
import { literal } from '../lake/columns.ts'
import { links, type openLake } from '../testing.ts'
import { createExports } from './request-export.ts'
import { writeNext } from './work-off.ts'

/** Asks for exports and writes them at once. */
export function openExports(pool: Pool, { lake, analyst }: Awaited<ReturnType<typeof openLake>>, bucket?: Bucket) {
  const exports = createExports(pool, links.sign)
  const options = { pool, directory: lake.directory, bucket, analyst, log: createLogger('test', 'silent') }
  return {
    exports,
    options,
    writeNext: (stop?: AbortSignal) => writeNext(options, stop),
    /** The export as it is when it is done, and the path of its file. */
    async take(who: Principal, input: RequestUsageExportInput) {
      const { id } = await exports.request(who, input)
      await writeNext(options)
      const done = await exports.find(who, id)
      if (done?.state !== 'DONE') throw new Error(`The export is ${done?.state}: ${done?.problem}`)
      const { rows: [row] = [] } = await pool.query<{ claim: string }>('SELECT claim FROM exports WHERE id = $1', [id])
      const extension = { PARQUET: 'parquet', CSV: 'csv', ARROW: 'arrow', FOCUS: 'csv', FOCUS_PARQUET: 'parquet' }
      const path = join(lake.directory, 'exports', `${id}_${row?.claim}.${extension[input.format]}`)
      return { done, path }
    },
  }
}

/** In hexadecimal digits. */
export async function sha256Of(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
}

/** What a DuckDB of no lake says of files: rows as objects, all values as texts. */
export async function askFiles(select: string): Promise<Record<string, string | null>[]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    const result = await connection.runAndReadAll(select)
    return result
      .getRowObjectsJson()
      .map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)])),
      )
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** A CSV whose values stay the texts that they are. */
export function csvTexts(path: string): string {
  return `read_csv(${literal(path)}, header = true, all_varchar = true)`
}
