// Whole databases: made, cloned and dropped by an administrator.
import { Client, escapeIdentifier } from 'pg'

/** How long to wait for a connection, in milliseconds. */
const CONNECT_LIMIT_MS = 10_000

/** Runs `use` on a connection of its own, which ends with it. */
export async function withClient<Result>(url: string, use: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    application_name: 'constellation-db',
  })
  // A connection that breaks rejects the query under way; without a listener it would end the process as well.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/**
 * Makes the database where it is missing, from `template` if one is given.
 * @param adminUrl of any database on the same server
 * @returns the URL of the database, with the administrator's credentials
 */
export async function ensureDatabase(adminUrl: string, name: string, template?: string): Promise<string> {
  await withClient(adminUrl, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (rowCount) return
    const from = template ? ` TEMPLATE ${escapeIdentifier(template)}` : ''
    await client.query(`CREATE DATABASE ${escapeIdentifier(name)}${from}`)
  })
  return databaseUrl(adminUrl, name)
}

/** Drops the database and breaks off whoever is connected to it. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`))
}

/** The URL of another database on the same server. */
export function databaseUrl(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${encodeURIComponent(name)}`
  return changed.href
}
