// How many jobs an account may have waiting.
import { query } from '@constellation/platform/database/database.ts'
import type { Problem } from '@constellation/platform/errors.ts'
import type { PoolClient } from 'pg'
import { READY } from './lanes.ts'

interface Quota {
  account: string
  most: number
}

/**
 * A problem for each account that would have more jobs waiting than it may with these. Such accounts are locked until
 * the transaction ends, so that two submissions cannot both take what is left.
 */
export async function lockQuotas(client: PoolClient, jobs: readonly { account: string }[]): Promise<Problem[]> {
  const asked = Map.groupBy(jobs, ({ account }) => account)
  const quotas = await query<Quota>(
    client,
    'lock-quotas',
    `SELECT account, max_queued_jobs AS most FROM accounts WHERE account = ANY ($1) AND max_queued_jobs IS NOT NULL
     ORDER BY account FOR NO KEY UPDATE`,
    [[...asked.keys()]],
  )
  if (quotas.length === 0) return []
  const waiting = await countWaiting(client, quotas)
  return quotas.flatMap(({ account, most }) => {
    const [before, more] = [waiting.get(account) ?? 0, asked.get(account)?.length ?? 0]
    if (before + more <= most) return []
    return [{ path: '', message: `${account} has ${before} jobs waiting, and may have ${most}` }]
  })
}

async function countWaiting(client: PoolClient, quotas: readonly Quota[]): Promise<Map<string, number>> {
  const rows = await query<{ account: string; jobs: number }>(
    client,
    'count-waiting',
    // Each part has an index of its own.
    `SELECT l.account, sum(ready.jobs + later.jobs)::integer AS jobs
     FROM lanes l
     CROSS JOIN LATERAL (SELECT count(*) AS jobs FROM queue WHERE lane_id = l.id AND ${READY}) ready
     CROSS JOIN LATERAL (SELECT count(*) AS jobs FROM queue WHERE lane_id = l.id AND NOT (${READY})) later
     WHERE l.account = ANY ($1) GROUP BY l.account`,
    [quotas.map(({ account }) => account)],
  )
  return new Map(rows.map(({ account, jobs }) => [account, jobs]))
}
