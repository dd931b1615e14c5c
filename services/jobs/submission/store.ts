// The jobs of a submission are stored: in one statement, and in a transaction with those that they wait for.
import { inTransaction } from '@constellation/platform/database/database.ts'
import type { Problem } from '@constellation/platform/errors.ts'
import type { Pool, PoolClient } from 'pg'
import type { Job } from '../entities.ts'
import { lockNamed } from '../sql/dependencies.ts'
import { insertJobs, type Submission } from '../sql/insert-jobs.ts'
import { lanesOf } from '../sql/lanes.ts'
import { lockQuotas } from '../sql/quotas.ts'
import { earlierJobs } from './idempotency.ts'
import type { Prepared } from './prepare.ts'

/** A problem has a path that begins with the position of its input, such as `0.dependsOn.1`. */
export type Stored = { jobs: Job[] } | { problems: Problem[] } | 'key-taken'

/** All of the jobs, or none. Where nobody is waited for and nothing is limited, this is one turn to the database. */
export async function store(pool: Pool, prepared: Prepared, by: Submission): Promise<Stored> {
  const lanes = await findLanes(pool, prepared)
  if (prepared.others.length === 0) {
    const jobs = await insertJobs(pool, { jobs: prepared.jobs, lanes, met: new Set(), by, withinQuotas: false })
    if (jobs) return { jobs }
    if (by.key && (await earlierJobs(pool, by.key))) return 'key-taken'
  }
  return inTransaction(pool, (client) => storeWith(client, prepared, lanes, by))
}

/** The same in the caller's transaction, where `findLanes` was asked before; where it gives no jobs, nothing was written. */
export async function storeWith(
  client: PoolClient,
  prepared: Prepared,
  lanes: readonly number[],
  by: Submission,
): Promise<Stored> {
  // Accounts are locked before jobs, as claims do it.
  const problems = await lockQuotas(client, prepared.jobs)
  if (problems.length > 0) return { problems }
  const named = await lockNamed(client, by.who, prepared.others)
  if ('problems' in named) return named
  const jobs = await insertJobs(client, { jobs: prepared.jobs, lanes, met: named.met, by, withinQuotas: true })
  return jobs ? { jobs } : 'key-taken'
}

/** The lanes of these jobs, made where they are missing. */
export function findLanes(pool: Pool, { jobs }: Prepared): Promise<number[]> {
  return lanesOf(
    pool,
    jobs.map(({ lane }) => lane),
  )
}
