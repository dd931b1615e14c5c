// Lists of jobs: those that the principal may see, newest first, by pages.
import type { Principal } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import { containing, pageOf, readCursor, rowsFor } from '@constellation/platform/pages.ts'
import { type FilterQuery, raw } from '@mikro-orm/core'
import * as v from 'valibot'
import type { Context } from './context.ts'
import { type Job, JobEntity } from './entities.ts'
import type { JobState as GraphJobState, JobFilter } from './generated/resolvers.ts'
import { type JobState, jobHasEnded } from './state.ts'

const MOST = 500

/** One page of at most `first` jobs after the cursor of the page before. */
export async function listJobs(
  { em, who }: Context,
  filter: JobFilter | null | undefined,
  first: number,
  after: string | null | undefined,
) {
  const where: FilterQuery<Job>[] = [visibleTo(who), matching(filter ?? {})]
  if (after != null) where.push(olderThan(...readCursor(cursor, after)))
  const rows = await em.find(
    JobEntity,
    { $and: where },
    { orderBy: { createdAt: 'desc', id: 'desc' }, limit: rowsFor(first, MOST) },
  )
  return pageOf(rows, first, (job) => [job.createdAt, job.id])
}

/** As a question, the rule of `maySeeJob`. */
function visibleTo(who: Principal): FilterQuery<Job> {
  switch (who.role) {
    case 'admin':
    case 'operator':
    case 'analyst':
      return {}
    case 'account-manager':
      return { $or: [{ account: { $in: who.accounts } }, { submittedBy: who.id }] }
    case 'user':
      return { submittedBy: who.id }
    case 'worker':
      return { id: { $in: [] } }
  }
}

const STATES: Readonly<Record<GraphJobState, JobState>> = {
  QUEUED: 'queued',
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
}

function matching(filter: JobFilter): FilterQuery<Job> {
  const texts = [filter.account, filter.submittedBy, filter.name]
  // No stored text holds a NUL, and PostgreSQL refuses to compare with one.
  if (texts.some((text) => text?.includes('\0'))) return { id: { $in: [] } }
  return {
    ...(filter.states && { $and: [inStates(filter.states.map((state) => STATES[state]))] }),
    ...(filter.account != null && { account: filter.account }),
    ...(filter.submittedBy != null && { submittedBy: filter.submittedBy }),
    ...(filter.array != null && (isUuid(filter.array) ? { arrayId: filter.array } : { id: { $in: [] } })),
    ...(filter.name != null && { name: { $ilike: containing(filter.name) } }),
  }
}

/** `state` is in no index: jobs that are open, or that ended badly, are found by what else tells of them. */
function inStates(states: readonly JobState[]): FilterQuery<Job> {
  const wanted: FilterQuery<Job> = { state: { $in: [...states] } }
  if (states.includes('completed')) return wanted
  if (states.every((state) => state === 'failed' || state === 'cancelled')) return { ...wanted, unsuccessful: true }
  const isOpen: FilterQuery<Job> = {
    [raw((job) => `${job}.id IN (SELECT job_id FROM queue UNION ALL SELECT job_id FROM leases)`)]: [],
  }
  const open: FilterQuery<Job> = { $and: [wanted, isOpen] }
  return states.every((state) => !jobHasEnded(state)) ? open : { $or: [open, { ...wanted, unsuccessful: true }] }
}

function olderThan(created: string, id: string): FilterQuery<Job> {
  const createdAt = new Date(created)
  // The first condition says nothing new, but lets PostgreSQL begin at the cursor.
  return { createdAt: { $lte: createdAt }, $or: [{ createdAt: { $lt: createdAt } }, { createdAt, id: { $lt: id } }] }
}

const cursor = v.tuple([v.pipe(v.string(), v.isoTimestamp()), v.pipe(v.string(), v.uuid())])
