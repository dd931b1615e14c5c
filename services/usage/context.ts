// What every operation of one request works with.
import type { Principal } from '@constellation/platform/identity.ts'
import DataLoader from 'dataloader'
import type { Pool } from 'pg'
import type { Usage } from './generated/resolvers.ts'
import { usageByKey } from './report.ts'

/** A job or a run of another service, known by its key. */
export interface Ref {
  id: string
}

export interface Context {
  who: Principal
  pool: Pool
  loaders: { usageOfJob: DataLoader<string, Usage>; usageOfRun: DataLoader<string, Usage> }
}

/** A context for one request; its loaders batch what the request's fields look up. */
export function createContext(pool: Pool, who: Principal): Context {
  return {
    who,
    pool,
    loaders: {
      usageOfJob: new DataLoader((ids: readonly string[]) => usageByKey(pool, who, 'job_id', ids)),
      usageOfRun: new DataLoader((ids: readonly string[]) => usageByKey(pool, who, 'run_id', ids)),
    },
  }
}
