// What every operation of one request works with.
import type { Database } from '@constellation/platform/database.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { EntityManager } from '@mikro-orm/postgresql'
import type { Pool } from 'pg'
import type { Announce } from './announce.ts'
import { createLoaders, type Loaders } from './loaders.ts'

export interface Context {
  who: Principal
  em: EntityManager
  pool: Pool
  announce: Announce
  loaders: Loaders
  /** How long a lease lasts, in milliseconds. */
  leaseMs: number
}

/** A context for one request; its loaders batch what the request's fields look up. */
export function createContext({ orm, pool }: Database, announce: Announce, leaseMs: number, who: Principal): Context {
  const em = orm.em.fork()
  return { who, em, pool, announce, leaseMs, loaders: createLoaders(em, pool, leaseMs, who) }
}
