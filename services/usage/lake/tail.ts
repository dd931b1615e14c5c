// What the ledger has and the files of the lake do not have yet: the newest entries, days that are stale, and the runs
// that go on, up to now. Files and tail together are the ledger at one instant.
import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { query } from '@constellation/platform/database/database.ts'
import type { Pool } from 'pg'
import { LIVE } from './columns.ts'
import { copyOut } from './copy-out.ts'
import type { Manifest } from './manifest.ts'
import { mustBeOfLedger } from './of-ledger.ts'
import { entered, keptOf, keptSql } from './read-news.ts'

export interface Tail {
  id: string
  /** Its rows, for `rowsOfCsv`. Whoever has read it removes it. */
  csv: string
  /** Days of which the files say nothing: all of them is in the tail. */
  staleDays: string[]
  /** Runs that go on are counted up to here. */
  asOf: string
}

/** The tail that belongs to this state of the lake. @throws ConstellationError UNAVAILABLE where that is of another ledger */
export async function readTail(pool: Pool, directory: string, manifest: Manifest): Promise<Tail> {
  const { upTo, from: since } = manifest
  const id = randomUUID()
  const csv = join(directory, 'tails', `${id}.csv`)
  await mkdir(join(directory, 'tails'), { recursive: true })
  const client = await pool.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await mustBeOfLedger(client, manifest)
    const stale = await query<{ day: string }>(
      client,
      'stale-since',
      'SELECT day::text AS day FROM stale_days WHERE changed >= $1::xid8',
      [upTo],
    )
    const staleDays = keptOf(
      since,
      stale.map(({ day }) => day),
    )
    const live = `SELECT ${LIVE} FROM due_slices s JOIN runs r USING (run_id) WHERE s.provisional ${keptSql(since)}`
    await copyOut(client, `${entered(staleDays, { from: upTo, upTo: null, since })} UNION ALL ${live}`, csv)
    const [clock] = await query<{ now: Date }>(client, 'clock', 'SELECT now() AS now')
    if (!clock) throw new Error('PostgreSQL has a clock.')
    return { id, csv, staleDays, asOf: clock.now.toISOString() }
  } catch (error) {
    // A disk that is full must not fill more.
    await rm(csv, { force: true })
    throw error
  } finally {
    await client.query('COMMIT').catch(() => {})
    client.release()
  }
}
