// How the attempts of a job ended.
import { query } from '@constellation/platform/database/database.ts'
import type { PoolClient } from 'pg'
import type { RunOutcome } from '../generated/resolvers.ts'

/** By job, how its last `most` attempts ended that have: the last one first. Null stands for what is not known. */
export async function lastOutcomes(
  client: PoolClient,
  jobIds: readonly string[],
  most: number,
): Promise<Map<string, (RunOutcome | null)[]>> {
  const rows = await query<{ jobId: string; outcomes: (RunOutcome | null)[] }>(
    client,
    'last-outcomes',
    `SELECT j.id AS "jobId", array_agg(r.outcome ORDER BY r.attempt DESC) AS outcomes
     FROM unnest($1::uuid[]) j (id) CROSS JOIN LATERAL (
       SELECT attempt, outcome FROM runs WHERE job_id = j.id AND finished_at IS NOT NULL ORDER BY attempt DESC LIMIT $2) r
     GROUP BY j.id`,
    [jobIds, most],
  )
  return new Map(rows.map(({ jobId, outcomes }) => [jobId, outcomes]))
}
