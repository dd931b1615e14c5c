// Whether a database may be restored to.
import { type Client, escapeIdentifier } from 'pg'
import { roleOf, SERVICES } from '../services.ts'

/** @throws Error while a service is connected: what it has in mind is not of the backup */
export async function requireNobody(client: Client): Promise<void> {
  const { rows } = await client.query<{ role: string }>(
    `SELECT DISTINCT usename AS role FROM pg_stat_activity
     WHERE datname = current_database() AND usename = ANY ($1) ORDER BY 1`,
    [SERVICES.map(roleOf)],
  )
  if (rows.length === 0) return
  const roles = rows.map(({ role }) => role).join(', ')
  throw new Error(`Services are connected to the database (${roles}). Stop them, and the workers, before a restore.`)
}

/** @throws Error where the database has tables of ours */
export async function requireRoom(client: Client): Promise<void> {
  const { rows } = await client.query<{ schema: string }>(
    `SELECT DISTINCT relnamespace::regnamespace::text AS schema FROM pg_class
     WHERE relkind IN ('r', 'p') AND relnamespace::regnamespace::text = ANY ($1) ORDER BY 1`,
    [[...SERVICES]],
  )
  if (rows.length === 0) return
  const schemas = rows.map(({ schema }) => schema).join(', ')
  throw new Error(
    `The database is not empty: it has tables in ${schemas}. Name another one, or drop what it has of Constellation by --replace.`,
  )
}

/** Drops all that the services have in this database. */
export async function dropServices(client: Client): Promise<void> {
  await client.query('BEGIN')
  for (const service of SERVICES) await client.query(`DROP SCHEMA IF EXISTS ${escapeIdentifier(service)} CASCADE`)
  await client.query('COMMIT')
}
