// What every operation of one request works with.

import type { Read } from '@constellation/platform/database/read-replica.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import DataLoader from 'dataloader'
import type { Pool } from 'pg'
import { findBudgets } from './budgets/list.ts'
import type { BudgetWatch } from './budgets/watch-budgets.ts'
import { createExports, type Exports } from './exports/request-export.ts'
import type { SignLink } from './exports/sign-link.ts'
import { createFleetAnalyst, type FleetAnalyst } from './fleet/fleet.ts'
import type { Budget, TimeRangeInput, Usage } from './generated/resolvers.ts'
import type { Analyst } from './lake/ask.ts'
import { createReports, type Reports } from './report/usage.ts'
import { usageByKey, usageOfAccounts, usageOfGpus } from './report/usage-of.ts'

/** A job, a run, an account or a GPU of another service, known by its key. */
export interface Ref {
  id: string
}

/** What was used within a range: each loader batches the ids that are asked for with the same one. */
type UsageWithin = (range: TimeRangeInput | null | undefined) => DataLoader<string, Usage>

/** What the service has one of. */
export interface Surroundings {
  pool: Pool
  /** For what only shows something; a replica may answer it. */
  read: Read
  reports: Reports
  fleet: FleetAnalyst
  exports: Exports
  budgets: Pick<BudgetWatch, 'tell'>
}

export interface Context extends Surroundings {
  who: Principal
  /** Aborted when nobody waits for the answer any more. */
  gone?: AbortSignal | undefined
  loaders: {
    usageOfJob: DataLoader<string, Usage>
    usageOfRun: DataLoader<string, Usage>
    usageOfAccount: UsageWithin
    usageOfGpu: UsageWithin
    budget: DataLoader<string, Budget | null>
  }
}

/** Those who answer from the ledger and its lake. */
export function createSurroundings(
  { pool, read }: Pick<Surroundings, 'pool' | 'read'>,
  analyst: Pick<Analyst, 'ask'>,
  { sign, budgets }: { sign: SignLink; budgets: Surroundings['budgets'] },
): Surroundings {
  return {
    pool,
    read,
    reports: createReports(analyst),
    fleet: createFleetAnalyst(pool, analyst),
    exports: createExports(pool, sign),
    budgets,
  }
}

/** A context for one request; its loaders batch what the request's fields look up. */
export function createContext(surroundings: Surroundings, who: Principal, gone?: AbortSignal): Context {
  const { pool, read } = surroundings
  return {
    ...surroundings,
    who,
    gone,
    loaders: {
      usageOfJob: new DataLoader((ids: readonly string[]) => read((client) => usageByKey(client, who, 'job_id', ids))),
      usageOfRun: new DataLoader((ids: readonly string[]) => read((client) => usageByKey(client, who, 'run_id', ids))),
      usageOfAccount: byRange((ids, range) => read((client) => usageOfAccounts(client, who, ids, range))),
      usageOfGpu: byRange((ids, range) => read((client) => usageOfGpus(client, who, ids, range))),
      budget: new DataLoader((ids: readonly string[]) => findBudgets(pool, who, ids)),
    },
  }
}

function byRange(
  find: (ids: readonly string[], range: TimeRangeInput | null | undefined) => Promise<Usage[]>,
): UsageWithin {
  const loaders = new Map<string, DataLoader<string, Usage>>()
  return (range) => {
    const key = JSON.stringify([range?.from ?? null, range?.to ?? null])
    const loader = loaders.get(key) ?? new DataLoader((ids: readonly string[]) => find(ids, range))
    loaders.set(key, loader)
    return loader
  }
}
