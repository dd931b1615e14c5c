// The jobs that others wait for.
import { query } from '@constellation/platform/database/database.ts'
import { maySeeJob, type Principal } from '@constellation/platform/identity.ts'
import type { Pool } from 'pg'
import type { Awaited } from '../policy/explain.ts'

interface AwaitedRow extends Awaited {
  waiterId: string
  account: string
  submittedBy: string
}

/** So many are looked at for each job that waits. */
const MOST = 20

/** Of each of these jobs, the first few that it still waits for, where the principal may see them. */
export async function findAwaited(pool: Pool, who: Principal, ids: readonly string[]): Promise<Map<string, Awaited[]>> {
  const rows = await query<AwaitedRow>(
    pool,
    'find-awaited',
    `SELECT w.id AS "waiterId", j.id, j.name, j.state, j.account, j.submitted_by AS "submittedBy"
     FROM unnest($1::uuid[]) w (id) CROSS JOIN LATERAL (
       SELECT j.* FROM dependencies d JOIN jobs j ON j.id = d.on_job_id
       WHERE d.job_id = w.id AND j.state IN ('queued', 'running') ORDER BY j.id LIMIT ${MOST}) j`,
    [ids],
  )
  return Map.groupBy(
    rows.filter((row) => maySeeJob(who, row)),
    ({ waiterId }) => waiterId,
  )
}
