// The administrator's connections to the database of all services.
import { Pool } from 'pg'

const CONNECTIONS = 4

/** Connections of the administrator that see one schema as the service whose schema it is does. */
export function openPool(adminUrl: string, schema: string): Pool {
  const pool = new Pool({
    connectionString: adminUrl,
    max: CONNECTIONS,
    connectionTimeoutMillis: 10_000,
    application_name: 'constellation-reckoning',
    options: `-c search_path=${schema} -c timezone=UTC`,
  })
  // A connection that breaks while it is idle; whoever needs the next one hears of it.
  pool.on('error', () => undefined)
  return pool
}
