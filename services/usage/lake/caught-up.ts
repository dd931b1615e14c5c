// Whether the lake is near enough to the ledger to be asked: what it lacks, each question reads from PostgreSQL.
import { query } from '@constellation/platform/database/database.ts'
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Pool } from 'pg'
import type { Manifest } from './manifest.ts'

/** A question reads so many slices beside the files, in about a second; after that the lake is filled first. */
const MOST_BEHIND = 250_000

/**
 * Slices that the lake lacks: it is made anew after a restore, and many of its days are when old runs are corrected.
 * @throws ConstellationError UNAVAILABLE that says how far the lake is, where it lacks more than `most`
 */
export async function mustBeCaughtUp(
  pool: Pool,
  { files, upTo }: Pick<Manifest, 'files' | 'upTo'>,
  most = MOST_BEHIND,
): Promise<void> {
  const [found] = await query<{ isBehind: boolean; staleDays: string[]; all: number }>(
    pool,
    'lake-behind',
    `SELECT EXISTS (SELECT FROM slices WHERE changed >= $1::xid8 ORDER BY changed OFFSET $2 LIMIT 1) AS "isBehind",
       ARRAY(SELECT day::text FROM stale_days WHERE changed >= $1::xid8) AS "staleDays",
       (SELECT reltuples::float8 FROM pg_class WHERE oid = 'slices'::regclass) AS all`,
    [upTo, most],
  )
  if (!found) throw new Error('PostgreSQL has not answered whether the lake is behind.')
  const stale = new Set(found.staleDays)
  const ofDays = (some: typeof files) => some.reduce((sum, { rows }) => sum + rows, 0)
  const lacking = ofDays(files.filter(({ day }) => stale.has(day)))
  if (!found.isBehind && lacking <= most) return
  throw new ConstellationError('UNAVAILABLE', sayHowFar(ofDays(files) - lacking, found.all), { retryAfterSeconds: 10 })
}

/** `all` is what PostgreSQL takes for the number of slices; it may know nothing yet. */
function sayHowFar(there: number, all: number): string {
  const behind = 'Usage is being brought up to date'
  if (all < 1) return `${behind}: ${there.toLocaleString('en')} slices are there so far. Ask again in a few minutes.`
  const percent = Math.min(99, Math.floor((there / all) * 100))
  return `${behind}: about ${percent} % is there. Ask again in a few minutes.`
}
