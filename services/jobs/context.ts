// What every operation of one request works with.
import type { Database } from '@constellation/platform/database/database.ts'
import type { Read } from '@constellation/platform/database/read-replica.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { Pool } from 'pg'
import type { Announce } from './announce.ts'
import { createLoaders, type Loaders } from './loaders.ts'

export interface Context {
  who: Principal
  em: EntityManager
  pool: Pool
  /** For what only shows something; a replica may answer it. */
  read: Read
  announce: Announce
  loaders: Loaders
  /** How long a lease lasts, in milliseconds. */
  leaseMs: number
  /** What secrets are encrypted with: 32 bytes. */
  secretsKey: Buffer
  /** How long an idempotency key counts, in milliseconds. */
  keyKeptMs: number
  /** True where webhooks may lead to private addresses. */
  webhooksMayBePrivate: boolean
}

/** What every request of a service has in common. */
export type Settings = Pick<Context, 'leaseMs' | 'secretsKey' | 'keyKeptMs' | 'webhooksMayBePrivate'>

/** A context for one request; its loaders batch what the request's fields look up. */
export function createContext(
  { orm, pool, read }: Pick<Database, 'orm' | 'pool' | 'read'>,
  announce: Announce,
  settings: Settings,
  who: Principal,
): Context {
  const em = orm.em.fork()
  return {
    who,
    em,
    pool,
    read,
    announce,
    ...settings,
    loaders: createLoaders({ em, pool, read }, settings.leaseMs, who),
  }
}
