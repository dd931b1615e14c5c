// Waits until a service's part of the database is what this release of the service expects: before it starts, where
// somebody else migrates.
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { withClient } from './database.ts'
import { type Released, releasedMigrations } from './migrate.ts'
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
 * @throws Error where a migration that was run is another one than here; the signal's reason
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
  return missing(run, files)
}

/** What was not run yet, in a sentence, or undefined. @throws Error where one was run that is another one here */
function missing(run: readonly Released[], files: readonly Released[]): string | undefined {
  const known = new Map(run.map(({ name, sha256 }) => [name, sha256]))
  for (const { name, sha256 } of files) {
    const then = known.get(name)
    if (then === undefined) return `${name}.sql was not run yet`
    if (then !== sha256) throw new Error(`${name}.sql was run, but is another one in this release.`)
  }
  return undefined
}
