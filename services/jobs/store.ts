// The jobs of a submission are stored: in one statement, and in a transaction with those that they wait for.
import { inTransaction } from '@constellation/platform/database.ts'
import type { Problem } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Pool, PoolClient } from 'pg'
import type { Job } from './entities.ts'
import type { SubmissionKey } from './idempotency.ts'
import type { Prepared } from './prepare.ts'
import { lockNamed } from './sql/dependencies.ts'
import { insertJobs } from './sql/insert-jobs.ts'
import { lanesOf } from './sql/lanes.ts'

/** Who submits, and by what. */
export interface Submission {
  who: Principal
  key: SubmissionKey | null
  /** The name of the schedule that submits. */
  schedule: string | null
}

/** A problem has a path that begins with the position of its input, such as `0.dependsOn.1`. */
export type Stored = { jobs: Job[] } | { problems: Problem[] } | 'key-taken'

/** How often a submission is tried that waits for rows in a circle with others. */
const TRIES = 3

/** All of the jobs, or none. */
export async function store(pool: Pool, prepared: Prepared, by: Submission): Promise<Stored> {
  const lanes = await findLanes(pool, prepared)
  if (prepared.others.length === 0) return storeWith(pool, prepared, lanes, by)
  for (let left = TRIES; ; left--) {
    try {
      return await inTransaction(pool, (client) => storeWith(client, prepared, lanes, by))
    } catch (error) {
      if (left === 1 || !isDeadlock(error)) throw error
    }
  }
}

/** The same in the caller's transaction, where `findLanes` was asked before; where it gives no jobs, nothing was written. */
export async function storeWith(
  client: Pool | PoolClient,
  prepared: Prepared,
  lanes: readonly number[],
  { who, key, schedule }: Submission,
): Promise<Stored> {
  const named = await lockNamed(client, who, prepared.others)
  if ('problems' in named) return named
  const { met } = named
  const jobs = await insertJobs(client, { jobs: prepared.jobs, lanes, met, submittedBy: who.id, key, schedule })
  return jobs ? { jobs } : 'key-taken'
}

/** The lanes of these jobs, made where they are missing. */
export function findLanes(pool: Pool, { jobs }: Prepared): Promise<number[]> {
  return lanesOf(
    pool,
    jobs.map(({ lane }) => lane),
  )
}

function isDeadlock(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '40P01'
}
