// Real PostgreSQL and NATS for a test file: a database of its own, a nats-server of its own.
import { randomBytes } from 'node:crypto'
import { dropDatabase, ensureDatabase } from '@constellation/db/database.ts'
import { type ServiceUrls, serviceUrls } from '@constellation/db/migrate.ts'
import type { Service } from '@constellation/db/services.ts'
import { inject } from 'vitest'
import { type OwnNats, startOwnNats } from './testing/own-nats.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** What `vitest-global-setup.ts` started for all test files. */
    postgres: { adminUrl: string; template: string; passwords: Record<Service, string> }
  }
}

export interface TestDatabase {
  /** The superuser's URL of this database. */
  adminUrl: string
  /** Each service's own URL of it. */
  urls: ServiceUrls
  drop(): Promise<void>
}

/** A migrated database for one test file, cloned in some 50 ms. Drop it in `afterAll`. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const { adminUrl, template, passwords } = inject('postgres')
  const name = `test_${randomBytes(6).toString('hex')}`
  const url = await ensureDatabase(adminUrl, name, template)
  return { adminUrl: url, urls: serviceUrls(url, passwords), drop: () => dropDatabase(adminUrl, name) }
}

/** An empty database, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<{ adminUrl: string; drop(): Promise<void> }> {
  const { adminUrl } = inject('postgres')
  const name = `test_${randomBytes(6).toString('hex')}`
  return { adminUrl: await ensureDatabase(adminUrl, name), drop: () => dropDatabase(adminUrl, name) }
}

export type TestNats = OwnNats

/** A nats-server for one test file. Stop it in `afterAll`. */
export const startTestNats = startOwnNats
