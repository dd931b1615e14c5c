// The files of the lake, held against what their manifest says of them and against the slices that they are made of.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { query } from '@constellation/platform/database/database.ts'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { PoolClient } from 'pg'
import { literal } from '../lake/columns.ts'
import { openDuckDB } from '../lake/duckdb.ts'
import type { LakeFile, LakePart, Manifest } from '../lake/manifest.ts'
import { isOfLedger } from '../lake/of-ledger.ts'
import { keptSql } from '../lake/read-news.ts'
import { partsOf } from '../lake/sums.ts'
import type { Differences } from './differences.ts'

const EXAMPLES = 5

/**
 * With the tail, which comes from PostgreSQL itself, the files are the ledger exactly if they are what was entered by the
 * transaction that the manifest ends at, but for days that are stale.
 */
export async function compareFiles(client: PoolClient, directory: string, manifest: Manifest): Promise<Differences[]> {
  if (!(await isOfLedger(client, manifest))) {
    const why = 'it was made from another: the usage service makes it anew'
    return [differ('the lake, against the ledger that it should be of', [why], '1 lake')]
  }
  const parts = manifest.files.flatMap(partsOf)
  const damaged = await damagedFiles(directory, parts)
  const bytes = differ('files of the lake, against their checksums', damaged, `${parts.length} files`)
  const stale = await query<{ day: string }>(
    client,
    null,
    'SELECT day::text AS day FROM stale_days WHERE changed >= $1::xid8',
    [manifest.upTo],
  )
  const days = stale.map(({ day }) => day)
  const fresh = manifest.files.filter(
    ({ day, path }) => !days.includes(day) && !damaged.some((d) => d.startsWith(path)),
  )
  const [held, entered] = [await sumsOfFiles(directory, fresh), await sumsOfSlices(client, manifest, days)]
  const keys = [...new Set([...held.keys(), ...entered.keys()])].sort()
  const different = keys
    .filter((key) => held.get(key) !== entered.get(key))
    .map((key) => `${key}: ${held.get(key) ?? 'nothing'}, should be ${entered.get(key) ?? 'nothing'}`)
  const compared = `${fresh.length} files; ${days.length} days are still to be written anew`
  return [bytes, differ('files of the lake, against slices', different, compared)]
}

function differ(what: string, all: readonly string[], compared: string): Differences {
  return { what, count: all.length, examples: all.slice(0, EXAMPLES), compared }
}

async function damagedFiles(directory: string, files: readonly LakePart[]): Promise<string[]> {
  const damaged: string[] = []
  for (const { path, sha256 } of files) {
    const found = await digest(join(directory, path))
    if (found !== sha256) damaged.push(`${path}: ${found === undefined ? 'cannot be read' : 'was changed'}`)
  }
  return damaged
}

async function digest(path: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path), hash)
    return hash.digest('hex')
  } catch {
    return undefined
  }
}

/** By day, account, model and currency, in words that both databases use. */
const FIGURES = ['held_us', 'starts', 'cost', 'utilised_us', 'energy_mj']
const sums = (text: string) =>
  `count(*)::${text} AS rows, ${FIGURES.map((figure) => `coalesce(sum(${figure}), 0)::${text} AS ${figure}`).join(', ')}`

type Row = Readonly<Record<string, unknown>>

function byKey(rows: readonly Row[]): Map<string, string> {
  return new Map(
    rows.map(({ day, account, model, currency, ...figures }) => [
      `${day}, ${account}, ${model}, ${currency}`,
      // Nothing has no places in one of the two.
      Object.entries(figures)
        .map(([name, value]) => `${name} ${Number(value) === 0 ? 0 : value}`)
        .join(', '),
    ]),
  )
}

async function sumsOfSlices(
  client: PoolClient,
  { upTo, from }: Manifest,
  stale: readonly string[],
): Promise<Map<string, string>> {
  const rows = await query<Row>(
    client,
    null,
    `SELECT (s.hour AT TIME ZONE 'UTC')::date::text AS day, r.account, s.model, coalesce(s.currency, '-') AS currency,
       ${sums('text')}
     FROM slices s JOIN runs r USING (run_id)
     WHERE s.changed < $1::xid8 AND (s.hour AT TIME ZONE 'UTC')::date <> ALL ($2::date[]) ${keptSql(from)} GROUP BY 1, 2, 3, 4`,
    [upTo, stale],
  )
  return byKey(rows)
}

async function sumsOfFiles(directory: string, files: readonly LakeFile[]): Promise<Map<string, string>> {
  if (files.length === 0) return new Map()
  const duckdb = await openDuckDB(directory, { memoryMb: 256, threads: 2 })
  const connection = await duckdb.connect()
  try {
    return byKey(await readSums(connection, directory, files))
  } finally {
    connection.closeSync()
    duckdb.closeSync()
  }
}

async function readSums(connection: DuckDBConnection, directory: string, files: readonly LakeFile[]): Promise<Row[]> {
  const paths = files.map(({ path }) => literal(join(directory, path))).join(', ')
  const result = await connection.runAndReadAll(
    `SELECT strftime(hour, '%Y-%m-%d') AS day, account, model, coalesce(currency, '-') AS currency, ${sums('VARCHAR')}
     FROM read_parquet([${paths}], hive_partitioning = false) GROUP BY 1, 2, 3, 4`,
  )
  return result.getRowObjectsJson()
}
