// The statements on what runs GPUs have had. A fleet of GPUs is asked about at once.
import { query } from '@constellation/platform/database/database.ts'
import type { Pool, PoolClient } from 'pg'

/** Whose jobs are seen: all, or those of one submitter and of these accounts. */
export type Sight = 'all' | { submittedBy: string | null; accounts: readonly string[] }

/** Of the runs of a GPU before another one, the newest. */
export interface RunsOfGpu {
  gpuId: string
  /** Those that may be seen, the newest first. */
  ids: string[]
  /** How many were looked at for that, and which of them was the oldest. */
  looked: number
  oldest: string
}

/**
 * By GPU, at most `most` of its runs with ids below `before`, of those newest `look` that it had; GPUs without any are
 * left out. The jobs of others may be so many that looking for one's own among all of them would take too long.
 */
export async function newestRuns(
  client: Pool | PoolClient,
  gpuIds: readonly string[],
  { before, look, most, sight }: { before: string; look: number; most: number; sight: Sight },
): Promise<RunsOfGpu[]> {
  const all = sight === 'all'
  return query<RunsOfGpu>(
    client,
    'newest-runs-of-gpus',
    `SELECT l.gpu_id AS "gpuId", count(*)::integer AS looked,
       (array_agg(l.run_id ORDER BY l.run_id))[1] AS oldest,
       coalesce((array_agg(l.run_id ORDER BY l.run_id DESC) FILTER (WHERE $4::boolean OR seen.yes))[1:$3::integer], '{}') AS ids
     FROM unnest($1::uuid[]) u (gpu_id) CROSS JOIN LATERAL (
       SELECT gpu_id, run_id FROM run_gpus WHERE gpu_id = u.gpu_id AND run_id < $2 ORDER BY run_id DESC LIMIT $7) l
     LEFT JOIN LATERAL (
       -- Looked up one by one, as all jobs of a submitter may be many more.
       SELECT true AS yes FROM runs r CROSS JOIN LATERAL (SELECT submitted_by, account FROM jobs WHERE id = r.job_id OFFSET 0) j
       WHERE NOT $4::boolean AND r.id = l.run_id AND (j.submitted_by = $5 OR j.account = ANY ($6::text[])) OFFSET 0) seen ON true
     GROUP BY l.gpu_id`,
    [gpuIds, before, most, all, all ? null : sight.submittedBy, all ? [] : sight.accounts, look],
  )
}

export type Ended = 'completed' | 'failed' | 'cancelled' | 'lost' | 'preempted' | 'gpu_failed'

/** How many runs of each of these GPUs have ended how, of those with ids from `from` on. */
export async function countEnds(
  client: Pool | PoolClient,
  gpuIds: readonly string[],
  from: string,
): Promise<{ gpuId: string; ended: Ended; runs: number }[]> {
  return query(
    client,
    // Planned anew each time: of one GPU the index tells, of a whole fleet over a year the table is read sooner.
    null,
    `SELECT gpu_id AS "gpuId", ended, count(*)::integer AS runs FROM run_gpus
     WHERE gpu_id = ANY ($1) AND run_id >= $2 AND ended IS NOT NULL GROUP BY gpu_id, ended`,
    [gpuIds, from],
  )
}
