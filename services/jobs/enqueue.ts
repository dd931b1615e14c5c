// Jobs take their place in the queue: a row each, in the lane of their account and request.
import { query } from '@constellation/platform/database.ts'
import type { PoolClient } from 'pg'

/** What a point of priority is worth, in minutes of waiting: an earlier place in the queue. */
export const MINUTES_A_POINT = 10

/** Where a job of this priority that comes now stands. `priority` is SQL. */
export const placeNow = (priority: string) => `now() - ${priority} * interval '${MINUTES_A_POINT} minutes'`

/** A stored job that is to wait. */
export interface Entry {
  jobId: string
  /** How many jobs it depends on that have not ended. */
  waitingOn: number
  /** ISO 8601; null where it may start at once. */
  notBefore: string | null
}

/** Queues these jobs of the table, and wakes their lanes. They are claimed when they wait for nothing else. */
export async function enqueue(client: PoolClient, entries: readonly Entry[]): Promise<void> {
  await query(
    client,
    'enqueue',
    `WITH entry AS (
       INSERT INTO queue (job_id, lane_id, place, priority, timeout_seconds, waiting_on, not_before, why_not_before)
       SELECT j.id, j.lane_id, ${placeNow('j.priority')}, j.priority, j.timeout_seconds, e."waitingOn", e."notBefore",
         CASE WHEN e."notBefore" IS NOT NULL THEN 'start_time' END
       FROM jsonb_to_recordset($1) AS e ("jobId" uuid, "waitingOn" integer, "notBefore" timestamptz)
       JOIN jobs j ON j.id = e."jobId"
       RETURNING lane_id
     )
     UPDATE lanes SET active = true WHERE NOT active AND id IN (SELECT lane_id FROM entry)`,
    [JSON.stringify(entries)],
  )
}
