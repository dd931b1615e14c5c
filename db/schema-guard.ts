// Keeps a service from working on a database of another release: at its start, and for as long as it is asked whether it is ready.
import { fileURLToPath } from 'node:url'
import { requireVersion } from '@constellation/platform/least-versions.ts'
import type { Logger } from '@constellation/platform/log.ts'
import type { Pool } from 'pg'
import { releasedMigrations } from './migrate.ts'
import { schemaFit } from './schema-fit.ts'
import type { Service } from './services.ts'
import { readMigrations } from './sql-files.ts'

interface GuardOptions {
  service: Service
  pool: Pool
  log: Logger
  /** Where the migrations lie; `db/` if left out. */
  folder?: string
}

/**
 * Looks at once, and returns how to look again.
 * @throws Error where the server is too old, or the database not of this release; one that does not answer yet is looked
 *   at when it is asked whether the service is ready
 */
export async function guardSchema({ service, pool, log, folder }: GuardOptions): Promise<() => Promise<void>> {
  const files = await readMigrations(`${folder ?? fileURLToPath(new URL('.', import.meta.url))}/${service}`)
  const check = async (): Promise<readonly string[]> => {
    const { rows } = await pool.query<{ version: string }>(`SELECT current_setting('server_version') AS version`)
    requireVersionOf(rows[0]?.version ?? '')
    const fit = schemaFit(await releasedMigrations(pool, service), files)
    if (fit.kind === 'fits') return fit.ahead
    throw new Misfit(fit.kind === 'apart' ? fit.reason : `${fit.reason}. ${MIGRATE}`)
  }
  try {
    const ahead = await check()
    if (ahead.length > 0) log.warn({ ahead }, 'the database is of a later release, beside which this one may go on')
  } catch (error) {
    if (error instanceof Misfit) throw error
    log.warn({ err: error }, 'the database does not answer yet')
  }
  return async () => void (await check())
}

class Misfit extends Error {}

const MIGRATE = 'Run `npm run migrate` first, or wait for whoever does.'

function requireVersionOf(version: string): void {
  try {
    requireVersion('PostgreSQL', version)
  } catch (cause) {
    throw new Misfit(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
