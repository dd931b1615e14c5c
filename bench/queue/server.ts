// The PostgreSQL of a benchmark: a server of its own with the project's usual settings, fsync on, that is gone afterwards.
import { dropDatabase, ensureDatabase, withClient } from '@constellation/db/database.ts'
import { migrate, type ServiceUrls, serviceUrls } from '@constellation/db/migrate.ts'
import { type Postgres, startPostgres } from '@constellation/local/postgres/postgres.ts'
import { makeSecrets } from '@constellation/local/secrets.ts'
import { makeTestHome, removeTestHome, sweepTestHomes } from '@constellation/local/testing/test-home.ts'

export interface Server {
  /** The process that all others of the server are children of. */
  readonly pid: number
  /** An empty database. */
  empty(name: string): Promise<OwnDatabase>
  /** One with the tables of the services. */
  migrated(name: string): Promise<OwnDatabase & { urls: ServiceUrls }>
  /** Starts the server again with these settings, which are for good. */
  restartWith(settings: Readonly<Record<string, string>>): Promise<void>
  close(): Promise<void>
}

interface OwnDatabase {
  /** The superuser's. */
  adminUrl: string
  drop(): Promise<void>
}

const TEMPLATE = 'bench_template'

export async function startServer(): Promise<Server> {
  // What a run that was killed has left.
  await sweepTestHomes()
  const home = await makeTestHome()
  const secrets = makeSecrets()
  const start = () => startPostgres({ home, password: secrets.postgresSuperuser, log: () => {} })
  let postgres: Postgres | undefined
  const close = async () => {
    await postgres?.stop()
    await removeTestHome(home)
  }
  try {
    postgres = await start()
    const template = await ensureDatabase(postgres.adminUrl, TEMPLATE)
    await migrate({ adminUrl: template, passwords: secrets.databaseRoles })
  } catch (error) {
    await close()
    throw error
  }
  let running: Postgres = postgres
  const own = async (name: string, template?: string): Promise<OwnDatabase> => {
    const adminUrl = await ensureDatabase(running.adminUrl, name, template)
    return { adminUrl, drop: () => dropDatabase(running.adminUrl, name) }
  }
  return {
    get pid() {
      return running.pid
    },
    empty: (name) => own(name),
    async migrated(name) {
      const database = await own(name, TEMPLATE)
      return { ...database, urls: serviceUrls(database.adminUrl, secrets.databaseRoles) }
    },
    async restartWith(settings) {
      await withClient(running.adminUrl, async (client) => {
        for (const [name, value] of Object.entries(settings)) await client.query(`ALTER SYSTEM SET ${name} = ${value}`)
      })
      await running.stop()
      postgres = await start()
      running = postgres
    },
    close,
  }
}

/** Brings a filled database to rest, so that no round pays for the one before it. */
export async function settle(adminUrl: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    await client.query('VACUUM ANALYZE')
    await client.query('CHECKPOINT')
  })
}

/** Runs statements as the superuser, one after the other. */
export async function runSql(adminUrl: string, ...statements: string[]): Promise<void> {
  await withClient(adminUrl, async (client) => {
    for (const statement of statements) await client.query(statement)
  })
}

/** The one number that a statement gives. */
export async function countBy(adminUrl: string, statement: string): Promise<number> {
  return withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ count: string }>(statement)
    return Number(rows[0]?.count)
  })
}
