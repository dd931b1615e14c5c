// The lake follows the ledger: what transactions have entered since the last time becomes files, and days of which a
// slice was replaced are written anew. Going by transactions, nothing is lost that commits late, and nothing comes twice.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { query } from '@constellation/platform/database.ts'
import type { DuckDBInstance } from '@duckdb/node-api'
import type { Pool, PoolClient } from 'pg'
import type { Bucket } from './bucket.ts'
import { ENTERED, rowsOfCsv } from './columns.ts'
import { copyOut } from './copy-out.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { nextState, publish } from './publish.ts'
import { pull } from './share.ts'
import { goOn, type Reached } from './step.ts'
import { writeFiles } from './write-files.ts'

export interface Lake {
  /** A directory of its own, absolute. */
  directory: string
  pool: Pool
  /** Writes the files. */
  duckdb: DuckDBInstance
  /** Where the lake is kept, if not in the directory alone, which has copies then. */
  bucket?: Bucket | undefined
  reached?: Reached
}

/** Slices of days that were not replaced go into a file of their own each time; so many at a time. */
const MOST_ROWS = 2_000_000

/** Brings the lake up to the ledger; null where it is, or where another process is at it. */
export async function fill(lake: Lake): Promise<Manifest | null> {
  const { directory, bucket, reached = goOn } = lake
  return withLock(lake, async (client) => {
    if (bucket) await pull(directory, bucket)
    const before = await readManifest(directory)
    const { version, name } = nextState(before)
    const csv = join(directory, 'staging', `${name}.csv`)
    await mkdir(join(directory, 'staging'), { recursive: true })
    try {
      const found = await readNews(client, before, csv)
      reached('the entries are read')
      if (found.rows === 0 && found.staleDays.length === 0) return null
      const files = found.rows > 0 ? await writeFiles(lake, name, `FROM ${rowsOfCsv(csv)}`) : []
      const kept = before.files.filter(({ day }) => !found.staleDays.includes(day))
      return await publish(lake, { ...before, version, upTo: found.upTo, files: [...kept, ...files] }, files)
    } finally {
      await rm(csv, { force: true })
    }
  })
}

interface News {
  rows: number
  upTo: string
  staleDays: string[]
}

/** What was entered by transactions from `from` on that are over, and all of the days that are stale, into a file. */
async function readNews(client: PoolClient, { upTo: from, from: since }: Manifest, csv: string): Promise<News> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    const upTo = await nextStop(client, from)
    const stale = await query<{ day: string }>(
      client,
      'stale-days',
      'SELECT day::text AS day FROM stale_days WHERE changed >= $1::xid8 AND changed < $2::xid8',
      [from, upTo],
    )
    const staleDays = keptOf(
      since,
      stale.map(({ day }) => day),
    )
    const rows = await copyOut(client, entered(staleDays, { from, upTo, since }), csv)
    return { rows, upTo, staleDays }
  } finally {
    await client.query('COMMIT')
  }
}

/** The transaction up to which to read: the oldest that is under way, or one before it where there is much to read. */
async function nextStop(client: PoolClient, from: string): Promise<string> {
  const [found] = await query<{ stop: string }>(
    client,
    'next-stop',
    // Whole transactions: what one has entered is not told apart. Of the last one all is read however much it is.
    `WITH oldest AS (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS stop)
     SELECT coalesce(
       (SELECT (n.changed::text::numeric + 1)::text FROM (
          SELECT changed FROM slices, oldest WHERE changed >= $1::xid8 AND changed < stop
          ORDER BY changed OFFSET ${MOST_ROWS} LIMIT 1) n),
       stop::text) AS stop FROM oldest`,
    [from],
  )
  if (!found) throw new Error('A snapshot has a first transaction.')
  return found.stop
}

interface Span {
  from: string
  upTo: string | null
  /** The first day that is kept. */
  since: string | undefined
}

/** The days that are kept. */
export function keptOf(since: string | undefined, days: readonly string[]): string[] {
  return days.filter((day) => since === undefined || day >= since)
}

/** A condition on slices `s`, to be added to others. */
export function keptSql(since: string | undefined): string {
  return since === undefined ? '' : `AND s.hour >= '${since} 00:00Z'`
}

/** A SELECT of entered slices: those of a span of transactions, and of some days all that is before its end. */
export function entered(days: readonly string[], { from, upTo, since }: Span): string {
  const before = upTo === null ? keptSql(since) : `AND s.changed < '${upTo}'::xid8 ${keptSql(since)}`
  const ofDays = days.map(
    (day) => `(s.hour >= '${day} 00:00Z' AND s.hour < '${day} 00:00Z'::timestamptz + interval '1 day')`,
  )
  const isOfDays = ofDays.length > 0 ? `(${ofDays.join(' OR ')})` : 'false'
  const select = `SELECT ${ENTERED} FROM slices s JOIN runs r USING (run_id)`
  return `${select} WHERE s.changed >= '${from}'::xid8 ${before} AND NOT ${isOfDays}
    UNION ALL ${select} WHERE ${isOfDays} ${before}`
}

/** Does `work` unless another process does such work on this lake now; then null. */
export async function withLock<T>(
  { pool, directory, bucket }: Lake,
  work: (client: PoolClient) => Promise<T>,
): Promise<T | null> {
  const name = `lake ${bucket?.url ?? directory}`
  const client = await pool.connect()
  // A connection that breaks while files are written: the lock is gone then, and publishing tells whether it was needed.
  let broken: Error | undefined
  const hear = (error: Error) => {
    broken = error
  }
  client.on('error', hear)
  try {
    const [lock] = await query<{ ours: boolean }>(
      client,
      'lock-lake',
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS ours',
      [name],
    )
    if (!lock?.ours) return null
    try {
      return await work(client)
    } finally {
      const unlock = 'SELECT pg_advisory_unlock(hashtextextended($1, 0))'
      await query(client, 'unlock-lake', unlock, [name]).catch(hear)
    }
  } finally {
    client.off('error', hear)
    client.release(broken)
  }
}
