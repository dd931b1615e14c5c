// A ledger of its own, empty, in a schema beside the services': what the event log says is entered there once more.
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { readMigrations } from '@constellation/db/sql-files.ts'
import type { Pool } from 'pg'
import { openPool } from './open-pool.ts'

export interface Scratch {
  /** Its statements see the new ledger by the names that the service uses. */
  pool: Pool
  drop(): Promise<void>
}

const MIGRATIONS = fileURLToPath(new URL('../../../db/usage', import.meta.url))

/** Makes it, with the tables that the service has. It is gone when it is dropped, and nothing of it outlives a crash of the server. */
export async function openScratch(adminUrl: string): Promise<Scratch> {
  const schema = `usage_rebuilt_${randomBytes(4).toString('hex')}`
  const pool = openPool(adminUrl, schema)
  const drop = async () => {
    await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`).finally(() => pool.end())
  }
  try {
    await pool.query(`CREATE SCHEMA ${schema}`)
    for (const { sql } of await readMigrations(MIGRATIONS)) await pool.query(sql)
    return { pool, drop }
  } catch (error) {
    await drop()
    throw error
  }
}
