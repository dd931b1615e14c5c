// Waits until a service's part of the database is what this release of the service expects: before it starts, where
// somebody else migrates.
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { withClient } from './database.ts'
import { type Released, releasedMigrations } from './migrate.ts'
import { schemaFit } from './schema-fit.ts'
import type { Service } from './services.ts'
import { readMigrations } from './sql-files.ts'

const LOOK_EVERY_MS = 2_000

export interface AwaitOptions {
  service: Service
  /** Of the service's own role. */
  url: string
  /** Hears why it waits, each time that the reason changes. */
  tell(reason: string): void
  signal: AbortSignal
  /** Where a folder of numbered SQL files lies for each service; `db/` if left out. */
  folder?: string
}

/**
 * Returns once each migration of the service was run. Later ones are no reason to wait: a release stays in service while
 * its successor comes.
 * @throws Error where a migration that was run is another one than here, or of a release that is too far ahead; the
 *   signal's reason
 */
export async function awaitSchema({ service, url, tell, signal, folder }: AwaitOptions): Promise<void> {
  const files = await readMigrations(`${folder ?? fileURLToPath(new URL('.', import.meta.url))}/${service}`)
  let told: string | undefined
  for (;;) {
    signal.throwIfAborted()
    const reason = await whatIsMissing(service, url, files)
    if (reason === undefined) return
    if (reason !== told) tell(reason)
    told = reason
    await delay(LOOK_EVERY_MS, undefined, { signal })
  }
}

async function whatIsMissing(service: Service, url: string, files: readonly Released[]): Promise<string | undefined> {
  let run: Released[]
  try {
    run = await withClient(url, (client) => releasedMigrations(client, service))
  } catch (error) {
    return `the database does not answer: ${error instanceof Error ? error.message : String(error)}`
  }
  const fit = schemaFit(run, files)
  if (fit.kind === 'apart') throw new Error(fit.reason)
  return fit.kind === 'behind' ? fit.reason : undefined
}
