// Somebody wants all jobs of an array to end.
import { query } from '@constellation/platform/database/database.ts'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { mayChangeJob, maySeeJob } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { Pool } from 'pg'
import type { Context } from '../context.ts'
import type { Job } from '../entities.ts'
import { JOB } from '../sql/columns.ts'
import { cancelAll } from './cancel-jobs.ts'

/**
 * The jobs of the array, cancelled or on their way there; those that have ended stay as they are.
 * @throws ConstellationError NOT_FOUND where there is none that the principal may see, FORBIDDEN where it may only look
 */
export async function cancelArray(context: Context, id: string): Promise<Job[]> {
  const { who, pool } = context
  const jobs = isUuid(id) ? await jobsOfArray(pool, id) : []
  const [first] = jobs
  if (!first || !maySeeJob(who, first)) throw new ConstellationError('NOT_FOUND', `There is no array ${id}.`)
  if (!mayChangeJob(who, first)) throw new ConstellationError('FORBIDDEN', `The role ${who.role} changes no jobs.`)
  return cancelAll(context, jobs, () => jobsOfArray(pool, id))
}

function jobsOfArray(pool: Pool, id: string): Promise<Job[]> {
  return query<Job>(pool, 'jobs-of-array', `SELECT ${JOB} FROM jobs j WHERE j.array_id = $1 ORDER BY j.array_index`, [
    id,
  ])
}
