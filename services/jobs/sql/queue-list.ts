// The queue as a list of jobs: those that a principal may see, by their ids.
import { query } from '@constellation/platform/database/database.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Pool } from 'pg'
import type { Kind } from './queue-lanes.ts'

/** As a condition on the job j, the rule of `maySeeJob`: $1 is who, null for those who see all, and $2 their accounts. */
const VISIBLE = '($1::text IS NULL OR j.submitted_by = $1 OR j.account = ANY ($2::text[]))'

/**
 * Of these jobs, in their order, those that wait still and may be seen: `limit` at most after the first `skip`, and how
 * many of those that were skipped there are.
 */
export async function inOrder(
  pool: Pool,
  who: Principal,
  ids: readonly string[],
  skip: number,
  limit: number,
): Promise<{ ids: string[]; before: number }> {
  const rows = await query<{ id: string }>(
    pool,
    'queue-in-order',
    `SELECT q.job_id AS id FROM unnest($3::uuid[]) WITH ORDINALITY o (id, n)
     JOIN queue q ON q.job_id = o.id JOIN jobs j ON j.id = q.job_id
     WHERE ${VISIBLE} ORDER BY o.n LIMIT $4`,
    [...sightOf(who), ids, skip + limit],
  )
  return { ids: rows.slice(skip).map(({ id }) => id), before: Math.min(skip, rows.length) }
}

/** Those that wait and are not among these: the ones that could start first, and last those that wait for others. */
export async function outOfOrder(
  pool: Pool,
  who: Principal,
  kind: Kind,
  ids: readonly string[],
  skip: number,
  limit: number,
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    pool,
    'queue-out-of-order',
    `SELECT q.job_id AS id FROM queue q JOIN lanes l ON l.id = q.lane_id JOIN jobs j ON j.id = q.job_id
     WHERE ${VISIBLE} AND (l.gpu_count > 0) = $3
       AND NOT EXISTS (SELECT FROM unnest($4::uuid[]) o (id) WHERE o.id = q.job_id)
     ORDER BY q.waiting_on > 0, q.not_before NULLS FIRST, q.place, q.job_id OFFSET $5 LIMIT $6`,
    [...sightOf(who), kind === 'gpus', ids, skip, limit],
  )
  return rows.map(({ id }) => id)
}

function sightOf(who: Principal): [string | null, readonly string[]] {
  switch (who.role) {
    case 'admin':
    case 'operator':
    case 'analyst':
      return [null, []]
    case 'account-manager':
      return [who.id, who.accounts]
    case 'user':
    case 'worker':
      return [who.id, []]
  }
}
