// What happened to jobs, from the events that their changes wrote.
import { query } from '@constellation/platform/database/database.ts'
import type { Read } from '@constellation/platform/database/read-replica.ts'
import DataLoader from 'dataloader'
import type { Job } from '../entities.ts'
import type { JobEvent } from '../generated/resolvers.ts'

/** A job that is tried again and again keeps its last ones in view. */
const MOST = 1000

export type HistoryLoader = DataLoader<string, JobEvent[]>

/** The job's events, oldest first; of more than a thousand the last thousand. */
export function eventsOfJob({ loaders }: { loaders: { events: HistoryLoader } }, job: Job): Promise<JobEvent[]> {
  return loaders.events.load(job.id)
}

/** The events of all jobs of a request at once. */
export function historyLoader(read: Read): HistoryLoader {
  return new DataLoader(async (jobIds) => {
    const rows = await read((client) =>
      query<Omit<JobEvent, 'at'> & { jobId: string; ts: Date }>(
        client,
        'events-of-jobs',
        `SELECT j.id AS "jobId", e.id, e.type, e.run_id AS "runId", e.ts, e.version, e.reason,
         e.changed_by AS by, e.new_priority AS priority
       FROM unnest($1::uuid[]) AS j (id)
       CROSS JOIN LATERAL (SELECT * FROM events WHERE job_id = j.id ORDER BY id DESC LIMIT $2) AS e
       ORDER BY e.id`,
        [jobIds, MOST],
      ),
    )
    const events = Map.groupBy(rows, ({ jobId }) => jobId)
    return jobIds.map((id) => (events.get(id) ?? []).map(toEvent))
  })
}

function toEvent({ jobId: _, ts, ...event }: Omit<JobEvent, 'at'> & { jobId: string; ts: Date }): JobEvent {
  return { ...event, at: ts.toISOString() }
}
