// The jobs service in this process, on a database of its own: its domain functions without its graph.
import { randomBytes } from 'node:crypto'
import type { Announce } from '@constellation/jobs/announce.ts'
import { type Context, createContext } from '@constellation/jobs/context.ts'
import { JobEntity, RunEntity, RunGpuEntity, TemplateEntity } from '@constellation/jobs/entities.ts'
import { openDatabase } from '@constellation/platform/database/database.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { createLogger } from '@constellation/platform/log.ts'
import type { Pool } from 'pg'
import type { Server } from './server.ts'

export const log = createLogger('bench', 'silent')

export const WORKER: Principal = { id: 'worker-bench', role: 'worker', accounts: [] }
export const USER: Principal = { id: 'bench', role: 'user', accounts: ['default'] }

export interface OurService {
  readonly adminUrl: string
  readonly pool: Pool
  /** What one request works with. */
  as(who: Principal): Context
  /** From now on it tells of its changes this way; at first nobody hears of them. */
  announceBy(announce: Announce): void
  close(): Promise<void>
}

const SETTINGS = { leaseMs: 45_000, secretsKey: randomBytes(32), keyKeptMs: 86_400_000, webhooksMayBePrivate: false }
const NOBODY: Announce = { changed: () => {}, queueGrew: () => {}, lookAtRuns: () => {}, tokenRevoked: () => {} }

export async function openService(server: Server, name: string): Promise<OurService> {
  const own = await server.migrated(name)
  const entities = [JobEntity, RunEntity, RunGpuEntity, TemplateEntity]
  const database = await openDatabase(own.urls.jobs, { schema: 'jobs', entities, log })
  let announce = NOBODY
  return {
    adminUrl: own.adminUrl,
    pool: database.pool,
    as: (who) => createContext(database, announce, SETTINGS, who),
    announceBy(other) {
      announce = other
    },
    async close() {
      await database.orm.close(true)
      await own.drop()
    },
  }
}
