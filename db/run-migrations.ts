// Runs a service's new migrations with MikroORM's migrator, as that service's role.
import { setTimeout as delay } from 'node:timers/promises'
import { tlsOf } from '@constellation/platform/database/database-tls.ts'
import { Migration, Migrator } from '@mikro-orm/migrations'
import { MikroORM } from '@mikro-orm/postgresql'
import { escapeLiteral } from 'pg'
import type { Service } from './services.ts'
import type { SqlFile } from './sql-files.ts'

export interface RunOptions {
  service: Service
  /** The service's own URL. */
  url: string
  /** All of its migrations, in order; those that were run are left out. */
  files: readonly SqlFile[]
  lockTimeoutMs?: number
}

/**
 * A migration waits no longer than this for a lock, as everything else on the table waits behind it; it is
 * then tried again.
 */
const LOCK_TIMEOUT_MS = 3_000
const LOCK_ATTEMPTS = 40
const LOCK_NOT_AVAILABLE = '55P03'

/** Runs each new file in a transaction of its own, which also records its name and checksum. */
export async function runMigrations({
  service,
  url,
  files,
  lockTimeoutMs = LOCK_TIMEOUT_MS,
}: RunOptions): Promise<void> {
  const orm = await MikroORM.init({
    clientUrl: url,
    schema: service,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    ensureDatabase: false,
    pool: { min: 0, max: 2 },
    driverOptions: { options: `-c lock_timeout=${lockTimeoutMs}`, connectionTimeoutMillis: 10_000, ssl: tlsOf(url) },
    migrations: {
      migrationsList: files.map((file) => ({ name: file.name, class: migrationOf(service, file) })),
      tableName: 'migrations',
      // Each file is a transaction, so that what one has locked is free for the services before the next.
      allOrNothing: false,
      transactional: true,
      disableForeignKeys: false,
      snapshot: false,
      silent: true,
    },
  })
  try {
    await orm.em.execute('CREATE TABLE IF NOT EXISTS migration_checksums (name text PRIMARY KEY, sha256 text NOT NULL)')
    // Programs that do not know a migration read here whether they may go on beside it.
    await orm.em.execute('ALTER TABLE migration_checksums ADD COLUMN IF NOT EXISTS needs integer NOT NULL DEFAULT 0')
    await runWithRetries(() => orm.migrator.up(), lockTimeoutMs)
  } finally {
    await orm.close()
  }
}

function migrationOf(service: Service, file: SqlFile) {
  return class extends Migration {
    override up(): void {
      this.addSql(file.sql)
      this.addSql(
        `INSERT INTO ${service}.migration_checksums (name, sha256, needs)
         VALUES (${escapeLiteral(file.name)}, ${escapeLiteral(file.sha256)}, ${file.needs})`,
      )
    }
  }
}

async function runWithRetries(run: () => Promise<unknown>, pauseMs: number): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await run()
      return
    } catch (error) {
      const held = error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE
      if (!held || attempt === LOCK_ATTEMPTS) throw error
      await delay(Math.random() * pauseMs)
    }
  }
}
