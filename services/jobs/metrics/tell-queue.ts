// The queue as it is at a scrape.
import { query } from '@constellation/platform/database/database.ts'
import { atScrape } from '@constellation/platform/metrics/serve-metrics.ts'
import type { Pool } from 'pg'
import { MINUTES_A_POINT } from '../policy/requests.ts'
import { leasesExpired, queueGpusWanted, queueJobs, queueJobsOfAccount, queueOldest, runsLive } from './metrics.ts'

const REASONS = ['ready', 'dependencies', 'start_time', 'backoff', 'budget'] as const

/** Jobs of one account that wait for the same. */
export interface Group {
  account: string
  reason: (typeof REASONS)[number]
  jobs: number
  gpus: number
  oldestSeconds: number
}

/** Accounts that are told of by name. */
const NAMED_ACCOUNTS = 20
const OTHERS = 'other'

/** Tells of the queue until it is stopped. */
export function tellQueue(pool: Pool): () => void {
  const gauges = [queueJobs, queueJobsOfAccount, queueGpusWanted, queueOldest, runsLive, leasesExpired]
  return atScrape<string>(gauges, async () => {
    const [groups, leases] = await Promise.all([readGroups(pool), readLeases(pool)])
    setQueue(groups)
    runsLive.set(leases.live)
    leasesExpired.set(leases.expired)
  })
}

function setQueue(groups: readonly Group[]): void {
  const ready = groups.filter(({ reason }) => reason === 'ready')
  for (const reason of REASONS) queueJobs.set({ reason }, sum(groups.filter((group) => group.reason === reason)))
  queueJobsOfAccount.reset()
  for (const { account, jobs } of largestAccounts(ready)) queueJobsOfAccount.set({ account }, jobs)
  queueGpusWanted.set(ready.reduce((gpus, group) => gpus + group.gpus, 0))
  queueOldest.set(Math.max(0, ...ready.map(({ oldestSeconds }) => oldestSeconds)))
}

/** The accounts with most jobs, and all others as one. */
export function largestAccounts(ready: readonly Group[]): { account: string; jobs: number }[] {
  const sorted = ready.toSorted((a, b) => b.jobs - a.jobs || (a.account < b.account ? -1 : 1))
  const named = sorted.slice(0, NAMED_ACCOUNTS).map(({ account, jobs }) => ({ account, jobs }))
  const rest = sum(sorted.slice(NAMED_ACCOUNTS))
  return rest > 0 ? [...named, { account: OTHERS, jobs: rest }] : named
}

function sum(groups: readonly Group[]): number {
  return groups.reduce((all, { jobs }) => all + jobs, 0)
}

function readGroups(pool: Pool): Promise<Group[]> {
  return query<Group>(
    pool,
    'metrics-queue',
    `SELECT l.account, w.reason, sum(w.jobs)::double precision AS jobs, sum(w.jobs * l.gpu_count)::double precision AS gpus,
       extract(epoch FROM now() - min(w.since))::double precision AS "oldestSeconds"
     FROM (
       -- A place is when the job came, less its priority.
       SELECT lane_id, count(*) AS jobs, min(place + priority * interval '${MINUTES_A_POINT} minutes') AS since,
         CASE WHEN waiting_on > 0 THEN 'dependencies' WHEN not_before IS NOT NULL THEN why_not_before
           WHEN held.account IS NOT NULL THEN 'budget' ELSE 'ready' END AS reason
       FROM queue q JOIN lanes ON lanes.id = q.lane_id
       LEFT JOIN (SELECT DISTINCT account FROM budget_holds WHERE until > now()) held USING (account)
       GROUP BY lane_id, reason
     ) w JOIN lanes l ON l.id = w.lane_id GROUP BY l.account, w.reason`,
  )
}

async function readLeases(pool: Pool): Promise<{ live: number; expired: number }> {
  const [row] = await query<{ live: number; expired: number }>(
    pool,
    'metrics-leases',
    `SELECT count(*)::integer AS live, count(*) FILTER (WHERE until < now())::integer AS expired FROM leases`,
  )
  return row ?? { live: 0, expired: 0 }
}
