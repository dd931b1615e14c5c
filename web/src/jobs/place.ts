// Where a job that just changed stands in a list that is newest first.
import type { JobRowFragment } from '../generated/documents.ts'
import { matches, type Wanted } from './wanted.ts'

/**
 * The list with the job in it, or the same list where it has no place there: it is there already, the filter
 * leaves it out, or it is older than the last one of a list that goes on.
 */
export function place<Row extends JobRowFragment>(
  jobs: Row[],
  job: Row,
  wanted: Pick<Wanted, 'filter' | 'search'>,
  hasNextPage: boolean,
): Row[] {
  if (!matches(job, wanted) || jobs.some((each) => each.id === job.id)) return jobs
  const at = Date.parse(job.createdAt)
  const older = jobs.findIndex((each) => {
    const before = Date.parse(each.createdAt) - at
    // All elements of an array come at the same time: the server lists them by their ids then.
    return before < 0 || (before === 0 && each.id < job.id)
  })
  if (older === -1 && hasNextPage) return jobs
  return older === -1 ? [...jobs, job] : jobs.toSpliced(older, 0, job)
}

/** The newer of what is shown and what came: an answer by HTTP may be older than an event that overtook it. */
export function newer<Job extends { version: number }>(shown: Job | undefined, came: Job): Job {
  return shown && shown.version > came.version ? shown : came
}

/** How long after a job's end its usage is worth waiting for, in milliseconds. */
const USAGE_PATIENCE_MS = 60_000

/** Whether a job has ended and its last run is not in its usage, as of `now` (milliseconds since 1970). */
export function awaitsUsage({ startedAt, finishedAt, gpus, usage }: JobRowFragment, now: number): boolean {
  if (startedAt === null || finishedAt === null || now - Date.parse(finishedAt) > USAGE_PATIENCE_MS) return false
  if (usage === null) return true
  return usage.provisional || (gpus.count > 0 && usage.gpuSeconds === 0)
}
