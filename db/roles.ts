// A role and a schema for each service, so that none can read or write another's tables.

import { requireVersion } from '@constellation/platform/least-versions.ts'
import { type Client, escapeIdentifier, escapeLiteral } from 'pg'
import { scramVerifier } from './scram.ts'
import { roleOf, SERVICES, type Service } from './services.ts'

/** A service that forgets an open transaction holds up vacuum for everyone: it is broken off after this time. */
const IDLE_IN_TRANSACTION = '60s'

/** What two administrators at once may run into: the role was made, or its row changed, in the same moment. */
const RACES = new Set(['42710', '23505', 'XX000', '40001'])
const ATTEMPTS = 5

/**
 * Makes what is missing and sets the roles' passwords. Safe to repeat.
 * @throws Error saying which right is missing where the administrator may not do this
 */
export async function ensureRoles(client: Client, passwords: Readonly<Record<Service, string>>): Promise<void> {
  await requireServer(client)
  const { superuser } = await requireRights(client)
  for (const service of SERVICES) {
    // Roles belong to the whole server, so no lock of one database keeps two administrators apart.
    await retryRace(() => ensureRole(client, roleOf(service), service, passwords[service]))
    // Others than a superuser may give a schema only to a role that they can become.
    if (!superuser) await retryRace(() => client.query(`GRANT ${escapeIdentifier(roleOf(service))} TO CURRENT_USER`))
    await ensureSchema(client, service)
  }
  await ensureExtensions(client)
}

/** A trusted extension of PostgreSQL's own: whoever may create schemas in the database may make it. */
async function ensureExtensions(client: Client): Promise<void> {
  await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA jobs')
}

/** @throws Error naming the server's version where it is too old for what the migrations build on */
export async function requireServer(client: Client): Promise<void> {
  const { rows } = await client.query<{ text: string }>(`SELECT current_setting('server_version') AS text`)
  requireVersion('PostgreSQL', rows[0]?.text ?? '')
}

async function requireRights(client: Client): Promise<{ superuser: boolean }> {
  const { rows } = await client.query<{
    name: string
    superuser: boolean
    roles: boolean
    schemas: boolean
    database: string
  }>(
    `SELECT rolname AS name, rolsuper AS superuser, rolsuper OR rolcreaterole AS roles,
            has_database_privilege(current_database(), 'CREATE') AS schemas, current_database() AS database
     FROM pg_roles WHERE rolname = current_user`,
  )
  const [me] = rows
  if (!me) throw new Error('The database does not know the user who is connected to it.')
  const missing: string[] = []
  if (!me.roles) missing.push(`create roles: ALTER ROLE ${escapeIdentifier(me.name)} CREATEROLE;`)
  if (!me.schemas) {
    missing.push(
      `create schemas: GRANT CREATE ON DATABASE ${escapeIdentifier(me.database)} TO ${escapeIdentifier(me.name)};`,
    )
  }
  if (missing.length === 0) return me
  throw new Error(
    `The user ${me.name} of DATABASE_URL prepares the database for the services, and may not:\n` +
      `${missing.map((line) => `- ${line}`).join('\n')}\nHave an administrator run that, or give the URL of a user who may.`,
  )
}

async function ensureRole(client: Client, role: string, schema: string, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role])
  if (!rowCount) await client.query(`CREATE ROLE ${escapeIdentifier(role)}`)
  const name = escapeIdentifier(role)
  await client.query(`ALTER ROLE ${name} LOGIN PASSWORD ${escapeLiteral(scramVerifier(password))}`)
  await client.query(`ALTER ROLE ${name} SET search_path = ${escapeIdentifier(schema)}`)
  await client.query(`ALTER ROLE ${name} SET idle_in_transaction_session_timeout = '${IDLE_IN_TRANSACTION}'`)
}

async function ensureSchema(client: Client, service: Service): Promise<void> {
  const [schema, role] = [escapeIdentifier(service), escapeIdentifier(roleOf(service))]
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema} AUTHORIZATION ${role}`)
  const { rows } = await client.query<{ owner: string }>(
    'SELECT nspowner::regrole::text AS owner FROM pg_namespace WHERE nspname = $1',
    [service],
  )
  if (rows[0]?.owner !== roleOf(service)) {
    throw new Error(
      `The schema ${service} belongs to ${rows[0]?.owner}, not to ${roleOf(service)}: this database holds something else.`,
    )
  }
  await client.query(`REVOKE ALL ON SCHEMA ${schema} FROM PUBLIC`)
  await client.query(
    `DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), '${roleOf(service)}'); END $$`,
  )
}

async function retryRace(change: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await change()
      return
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (!RACES.has(code) || attempt === ATTEMPTS) throw error
    }
  }
}
