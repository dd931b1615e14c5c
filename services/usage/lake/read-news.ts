// What the ledger has that the lake does not have yet, read in steps of whole transactions.
import { query } from '@constellation/platform/database/database.ts'
import type { PoolClient } from 'pg'
import { ENTERED } from './columns.ts'
import { copyOut } from './copy-out.ts'
import type { Manifest } from './manifest.ts'

export interface News {
  rows: number
  /** The transaction before which all has been read. */
  upTo: string
  staleDays: string[]
  /** Whether there was more to read than one step may have. */
  isMore: boolean
}

/**
 * A step of hundreds of thousands of slices is joined by hash or merge. At the edges of what PostgreSQL knows of a ledger of
 * tens of millions it takes the step for a few rows, and then it would compare every slice with every run for minutes.
 */
const NO_LOOPS = 'SET LOCAL enable_nestloop = off'

/** What was entered by transactions from `from` on that are over, and all of the days that are stale, into a file. */
export async function readNews(
  client: PoolClient,
  { upTo: from, from: since }: Pick<Manifest, 'upTo' | 'from'>,
  csv: string,
  mostRows: number,
): Promise<News> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    const { upTo, isMore } = await nextStop(client, from, mostRows)
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
    const runs = isMore ? await runsBetween(client, from, upTo) : undefined
    if (isMore) await client.query(NO_LOOPS)
    const rows = await copyOut(client, entered(staleDays, { from, upTo, since, runs }), csv)
    return { rows, upTo, staleDays, isMore }
  } finally {
    await client.query('COMMIT')
  }
}

/** The transaction up to which to read: the oldest that is under way, or one before it where there is much to read. */
async function nextStop(
  client: PoolClient,
  from: string,
  mostRows: number,
): Promise<{ upTo: string; isMore: boolean }> {
  const [found] = await query<{ upTo: string; isMore: boolean }>(
    client,
    'next-stop',
    // Whole transactions: what one has entered is not told apart. Of the last one all is read however much it is.
    `WITH oldest AS (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS stop),
     last AS (
       SELECT changed FROM slices, oldest WHERE changed >= $1::xid8 AND changed < stop
       ORDER BY changed OFFSET $2 LIMIT 1)
     SELECT coalesce((SELECT (changed::text::numeric + 1)::text FROM last), stop::text) AS "upTo",
       EXISTS (SELECT FROM last) AS "isMore"
     FROM oldest`,
    [from, mostRows],
  )
  if (!found) throw new Error('A snapshot has a first transaction.')
  return found
}

/** The first and the last of the runs of which a span of transactions has entered slices. */
type Runs = readonly [first: string, last: string]

/**
 * Ids grow with time, so what was entered together is of runs that lie together: with these bounds PostgreSQL looks at
 * those alone, and not at all runs with every step.
 */
async function runsBetween(client: PoolClient, from: string, upTo: string): Promise<Runs | undefined> {
  const [found] = await query<{ first: string; last: string }>(
    client,
    'runs-between',
    `WITH entered AS MATERIALIZED (SELECT run_id FROM slices WHERE changed >= $1::xid8 AND changed < $2::xid8)
     SELECT (SELECT run_id FROM entered ORDER BY run_id LIMIT 1) AS first,
       (SELECT run_id FROM entered ORDER BY run_id DESC LIMIT 1) AS last`,
    [from, upTo],
  )
  return found && [found.first, found.last]
}

interface Span {
  from: string
  upTo: string | null
  /** The first day that is kept. */
  since: string | undefined
  runs?: Runs | undefined
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
export function entered(days: readonly string[], { from, upTo, since, runs }: Span): string {
  const before = upTo === null ? keptSql(since) : `AND s.changed < '${upTo}'::xid8 ${keptSql(since)}`
  const ofRuns = runs ? `AND r.run_id BETWEEN '${runs[0]}' AND '${runs[1]}'` : ''
  const ofDays = days.map(
    (day) => `(s.hour >= '${day} 00:00Z' AND s.hour < '${day} 00:00Z'::timestamptz + interval '1 day')`,
  )
  const isOfDays = ofDays.length > 0 ? `(${ofDays.join(' OR ')})` : 'false'
  const select = `SELECT ${ENTERED} FROM slices s JOIN runs r USING (run_id)`
  return `${select} WHERE s.changed >= '${from}'::xid8 ${before} ${ofRuns} AND NOT ${isOfDays}
    UNION ALL ${select} WHERE ${isOfDays} ${before}`
}
