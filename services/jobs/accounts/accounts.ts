// Accounts: what share of the machines each has, its limits, and what it holds.
import { query } from '@constellation/platform/database/database.ts'
import type { Problem } from '@constellation/platform/errors.ts'
import { type Principal, personName, requireRole } from '@constellation/platform/identity.ts'
import type { Pool } from 'pg'
import * as v from 'valibot'
import type { Context } from '../context.ts'
import type { SaveAccountInput } from '../generated/resolvers.ts'
import { problemsOf } from '../submission/spec.ts'
import { whole } from '../submission/spec-fields.ts'

/** `Account` in `schema/jobs.graphql` says what each is. */
export interface AccountRow {
  id: string
  weight: number
  maxGpus: number | null
  maxRuns: number | null
  maxQueuedJobs: number | null
  gpusHeld: number
  runsLive: number
  jobsQueued: number
  recentShare: number
  dueShare: number
}

const limit = v.nullish(whole(0, 1_000_000), null)
const weight = v.pipe(v.number(), v.minValue(0.01, 'must be at least 0.01'), v.maxValue(1000, 'must be at most 1000'))
const settings = v.object({
  account: personName,
  weight: v.nullish(weight, 1),
  maxGpus: limit,
  maxRuns: limit,
  maxQueuedJobs: limit,
})

/** The account as it is from now on, or what is wrong with the input. What is absent is back at its default. */
export async function saveAccount(
  { who, pool, announce }: Context,
  input: SaveAccountInput,
): Promise<{ account: AccountRow } | { problems: Problem[] }> {
  requireRole(who, 'operator', 'admin')
  const checked = v.safeParse(settings, input)
  if (!checked.success) return { problems: problemsOf(checked.issues) }
  const { account, weight, maxGpus, maxRuns, maxQueuedJobs } = checked.output
  await query(
    pool,
    'save-account',
    `INSERT INTO accounts (account, weight, max_gpus, max_runs, max_queued_jobs) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (account) DO UPDATE SET weight = $2, max_gpus = $3, max_runs = $4, max_queued_jobs = $5`,
    [account, weight, maxGpus, maxRuns, maxQueuedJobs],
  )
  announce.queueGrew()
  const [saved] = await readAccounts(pool, [account])
  if (!saved) throw new Error('An account that was saved is not there.')
  return { account: saved }
}

/** The accounts that this principal may see, by name. */
export function listAccounts({ who, pool }: Pick<Context, 'who' | 'pool'>): Promise<AccountRow[]> {
  return readAccounts(pool, seesAll(who) ? null : who.accounts)
}

/** Null where this principal may not see it. An account is there as soon as somebody is named as one of its people. */
export async function findAccount({ who, pool }: Context, id: string): Promise<AccountRow | null> {
  if (id.includes('\0') || (!seesAll(who) && !who.accounts.includes(id))) return null
  const [found] = await readAccounts(pool, [id])
  return found ?? null
}

function seesAll(who: Principal): boolean {
  return who.role === 'admin' || who.role === 'operator' || who.role === 'analyst'
}

/** Those of these names, as they would be where nothing is known of them yet; all that are known where it is null. */
async function readAccounts(pool: Pool, names: readonly string[] | null): Promise<AccountRow[]> {
  return query<AccountRow>(
    pool,
    'read-accounts',
    `WITH known AS (
       SELECT account FROM accounts UNION SELECT account FROM account_use UNION SELECT DISTINCT account FROM lanes
     ), running AS (
       SELECT l.account, count(*) AS runs, sum(l.gpu_count) AS gpus FROM leases JOIN lanes l ON l.id = lane_id GROUP BY l.account
     ), waiting AS (
       SELECT l.account, sum(q.jobs) AS jobs
       FROM lanes l CROSS JOIN LATERAL (SELECT count(*) AS jobs FROM queue WHERE lane_id = l.id) q GROUP BY l.account
     ), active AS (
       SELECT sum(gpu_seconds) AS used, sum(coalesce(weight, 1)) AS weight
       FROM known LEFT JOIN accounts USING (account) LEFT JOIN account_use USING (account)
       LEFT JOIN waiting w USING (account) WHERE gpu_seconds > 0 OR w.jobs > 0
     )
     SELECT account AS id, coalesce(a.weight, 1) AS weight, max_gpus AS "maxGpus", max_runs AS "maxRuns",
       max_queued_jobs AS "maxQueuedJobs", coalesce(r.gpus, 0)::integer AS "gpusHeld", coalesce(r.runs, 0)::integer AS "runsLive",
       coalesce(w.jobs, 0)::integer AS "jobsQueued",
       coalesce(u.gpu_seconds / nullif(active.used, 0), 0)::double precision AS "recentShare",
       CASE WHEN u.gpu_seconds > 0 OR w.jobs > 0 THEN coalesce(a.weight, 1) / active.weight ELSE 0 END AS "dueShare"
     FROM (SELECT account FROM known WHERE $1::text[] IS NULL UNION SELECT unnest($1)) AS asked
     CROSS JOIN active LEFT JOIN accounts a USING (account) LEFT JOIN account_use u USING (account)
     LEFT JOIN running r USING (account) LEFT JOIN waiting w USING (account) ORDER BY account`,
    [names],
  )
}
