// What happened to a job, from the events that its changes wrote.
import { query } from '@constellation/platform/database.ts'
import type { Context } from './context.ts'
import type { Job } from './entities.ts'
import type { JobEvent } from './generated/resolvers.ts'

/** A job that is tried again and again keeps its last ones in view. */
const MOST = 1000

/** The job's events, oldest first; of more than a thousand the last thousand. */
export async function eventsOfJob({ pool }: Context, job: Job): Promise<JobEvent[]> {
  const rows = await query<Omit<JobEvent, 'at'> & { ts: Date }>(
    pool,
    'events-of-job',
    'SELECT id, type, run_id AS "runId", ts, version, reason FROM events WHERE job_id = $1 ORDER BY id DESC LIMIT $2',
    [job.id, MOST],
  )
  return rows.reverse().map(({ ts, ...event }) => ({ ...event, at: ts.toISOString() }))
}
