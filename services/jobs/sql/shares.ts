// What accounts are entitled to, and what they have: read for a claim, and written by the tally.
import { query } from '@constellation/platform/database/database.ts'
import type { Pool, PoolClient } from 'pg'
import type { Share } from '../policy/fair-share.ts'

interface ShareRow extends Omit<Share, 'maxGpus' | 'maxRuns'> {
  account: string
  maxGpus: number | null
  maxRuns: number | null
}

/** Of which use: of GPUs, or of slots by runs without one. */
export type Kind = 'gpus' | 'slots'

/** The shares of these accounts. `limited` ones are locked first, so that two claims cannot both take what is left. */
export async function sharesOf(
  client: Pool | PoolClient,
  kind: Kind,
  accounts: readonly string[],
  limited: readonly string[],
): Promise<Map<string, Share>> {
  if (limited.length > 0) {
    await query(
      client,
      'lock-accounts',
      'SELECT FROM accounts WHERE account = ANY ($1) ORDER BY account FOR NO KEY UPDATE',
      [limited],
    )
  }
  const used = kind === 'gpus' ? 'u.gpu_seconds' : 'u.run_seconds'
  const held =
    kind === 'gpus'
      ? 'SELECT account, count(*) AS held FROM run_gpus WHERE held GROUP BY account'
      : `SELECT l.account, count(*) AS held FROM leases JOIN lanes l ON l.id = lane_id WHERE l.gpu_count = 0 GROUP BY l.account`
  const rows = await query<ShareRow>(
    client,
    `shares-of-${kind}`,
    `SELECT n.account, coalesce(a.weight, 1) AS weight, coalesce(${used}, 0) AS "usedSeconds",
       coalesce(h.held, 0)::integer AS held, coalesce(r.runs, 0)::integer AS runs,
       a.max_gpus AS "maxGpus", a.max_runs AS "maxRuns"
     FROM unnest($1::text[]) n (account)
     LEFT JOIN accounts a USING (account) LEFT JOIN account_use u USING (account) LEFT JOIN (${held}) h USING (account)
     LEFT JOIN (SELECT l.account, count(*) AS runs FROM leases JOIN lanes l ON l.id = lane_id
                WHERE l.account = ANY ($2) GROUP BY l.account) r USING (account)`,
    [accounts, limited],
  )
  return new Map(
    rows.map(({ account, maxGpus, maxRuns, ...share }) => [
      account,
      { ...share, maxGpus: maxGpus ?? Infinity, maxRuns: maxRuns ?? Infinity },
    ]),
  )
}

/** What was had a day ago counts half. */
const HALF_LIFE_SECONDS = 86_400
/** Time for which nobody tallied, as while the service was down, is not charged beyond this. */
const LONGEST_SECONDS = 60

/**
 * Adds what is held now, for the time since the last tally, to what each account had. A sample: a run that is shorter
 * than the period is counted with the chance that it deserves. Nothing where another process has just done it.
 */
export async function tallyUse(pool: Pool, periodSeconds: number): Promise<void> {
  await query(
    pool,
    'tally-use',
    `WITH turn AS (
       UPDATE tally t SET counted_to = now() FROM (SELECT counted_to AS since FROM tally FOR NO KEY UPDATE SKIP LOCKED) before
       WHERE before.since < now() - $1 * interval '1 s' * 0.5
       RETURNING extract(epoch FROM now() - before.since)::double precision AS seconds
     ), holding AS (
       SELECT l.account, sum(l.gpu_count) AS gpus, count(*) FILTER (WHERE l.gpu_count = 0) AS runs
       FROM leases JOIN lanes l ON l.id = lane_id GROUP BY l.account
     ), faded AS (
       SELECT coalesce(u.account, h.account) AS account,
         coalesce(u.gpu_seconds, 0) * power(0.5, seconds / ${HALF_LIFE_SECONDS}) + coalesce(gpus, 0) * least(seconds, ${LONGEST_SECONDS}) AS gpu_seconds,
         coalesce(u.run_seconds, 0) * power(0.5, seconds / ${HALF_LIFE_SECONDS}) + coalesce(runs, 0) * least(seconds, ${LONGEST_SECONDS}) AS run_seconds
       FROM turn CROSS JOIN (account_use u FULL JOIN holding h USING (account))
     )
     INSERT INTO account_use AS u (account, gpu_seconds, run_seconds) SELECT account, gpu_seconds, run_seconds FROM faded
     ON CONFLICT (account) DO UPDATE SET gpu_seconds = excluded.gpu_seconds, run_seconds = excluded.run_seconds`,
    [periodSeconds],
  )
}
