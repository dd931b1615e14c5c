// What stands, as it was at one instant: copied beside the ledger that is made anew, which the log of the same instant
// is read for. So the ledger can be behind its log, and never before it.
import { query } from '@constellation/platform/database/database.ts'
import type { Pool, PoolClient } from 'pg'
import { netSlices } from './net.ts'

/** What happened so shortly before may be on its way to the ledger, in seconds. */
export const UNDER_WAY_SECONDS = 60

export interface Snapshot {
  /** Sees the database as it was at the instant. */
  reader: PoolClient
  /** What happened after it is not judged. */
  settledAt: Date
  end(): Promise<void>
}

/** Takes the snapshot; `scratch` gets what stands as tables whose names begin with `stood_`, and facts that no event tells. */
export async function takeSnapshot(scratch: Pool): Promise<Snapshot> {
  const reader = await scratch.connect()
  const end = async () => {
    await reader.query('ROLLBACK').catch(() => undefined)
    reader.release()
  }
  try {
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const [at] = await query<{ id: string; settledAt: Date }>(
      reader,
      null,
      `SELECT pg_export_snapshot() AS id, now() - interval '${UNDER_WAY_SECONDS} s' AS "settledAt"`,
    )
    if (!at) throw new Error('A snapshot has a name.')
    await copyWhatStands(scratch, at.id)
    return { reader, settledAt: at.settledAt, end }
  } catch (error) {
    await end()
    throw error
  }
}

async function copyWhatStands(scratch: Pool, snapshot: string): Promise<void> {
  const client = await scratch.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    await client.query(`SET TRANSACTION SNAPSHOT '${snapshot}'`)
    for (const statement of COPIES) await client.query(statement)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}

const COPIES = [
  `CREATE TABLE stood_slices AS ${netSlices('usage.slices')}`,
  ...['hourly', 'runs', 'run_gpus', 'gpu_facts', 'worker_facts'].map(
    (table) => `CREATE TABLE stood_${table} AS SELECT * FROM usage.${table}`,
  ),
  // Runs that came by an event, whatever has become of it.
  'CREATE TABLE stood_events AS SELECT run_id FROM usage.events',
  // Facts of which the log of events does not know.
  'INSERT INTO prices SELECT * FROM usage.prices',
  'INSERT INTO run_corrections OVERRIDING SYSTEM VALUE SELECT * FROM usage.run_corrections',
  'CREATE TABLE under_way (run_id uuid PRIMARY KEY)',
]
