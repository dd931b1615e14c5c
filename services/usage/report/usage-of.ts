// The usage of one thing, as its page shows it at once: from the ledger in PostgreSQL, what goes on included.
import { query } from '@constellation/platform/database/database.ts'
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { Pool, PoolClient } from 'pg'
import type { TimeRangeInput, Usage } from '../generated/resolvers.ts'
import { fullHour } from '../ledger/hours.ts'
import { readInput } from '../read-input.ts'

/** A sum in one currency; `key` is what it is the sum of. */
interface Sum {
  key: string
  currency: string
  held_us: string
  runs: number
  wasted_us: string
  utilised_us: string
  measured_us: string
  energy_mj: string
  cost: string
  provisional: boolean
}

const SUMS = `sum(held_us)::bigint AS held_us, sum(runs)::integer AS runs, sum(wasted_us)::bigint AS wasted_us,
  sum(utilised_us)::bigint AS utilised_us, sum(measured_us)::bigint AS measured_us, sum(energy_mj)::bigint AS energy_mj,
  sum(cost) AS cost, bool_or(provisional) AS provisional`

/** Of a slice `s` that was entered, with its run `r`. */
const ENTERED = `coalesce(s.currency, '') AS currency, s.held_us, s.starts AS runs,
  CASE WHEN r.outcome <> 'completed' THEN s.held_us ELSE 0 END AS wasted_us, coalesce(s.utilised_us, 0) AS utilised_us,
  CASE WHEN s.utilised_us IS NOT NULL THEN s.held_us ELSE 0 END AS measured_us, coalesce(s.energy_mj, 0) AS energy_mj,
  coalesce(s.cost, 0) AS cost, false AS provisional`

/** The same of a run that goes on. */
const LIVE = `coalesce(s.currency, '') AS currency, (extract(epoch FROM s.to_at - s.from_at) * 1000000)::bigint AS held_us,
  s.starts AS runs, 0 AS wasted_us, 0 AS utilised_us, 0 AS measured_us, 0 AS energy_mj,
  coalesce(round(extract(epoch FROM s.to_at - s.from_at) * s.per_gpu_hour / 3600, 10), 0) AS cost, true AS provisional`

/** Of whom a principal sees runs, for `$1` and `$2`: all where both are null. */
export function seen({ role, id, accounts }: Principal): [user: string | null, accounts: readonly string[] | null] {
  if (role === 'worker') throw new ConstellationError('FORBIDDEN', 'The role worker sees no usage.')
  if (role === 'user') return [id, []]
  return role === 'account-manager' ? [id, accounts] : [null, null]
}
/** Of a row `r` that has an account and who has submitted it. */
export const MAY_SEE = '($1::text IS NULL OR r.submitted_by = $1 OR r.account = ANY ($2))'

/** The usage of each job or run, in the order of the ids; nothing for those that the principal may not see. */
export async function usageByKey(
  client: Pool | PoolClient,
  who: Principal,
  column: 'job_id' | 'run_id',
  ids: readonly string[],
): Promise<Usage[]> {
  const rows = await query<Sum>(
    client,
    `usage-of-${column}`,
    `WITH mine AS (SELECT * FROM runs r WHERE ${column} = ANY ($3::uuid[]) AND ${MAY_SEE})
     SELECT key, currency, ${SUMS} FROM (
       SELECT r.${column} AS key, ${ENTERED} FROM mine r JOIN slices s USING (run_id)
       UNION ALL
       SELECT r.${column}, ${LIVE} FROM mine r JOIN due_slices s USING (run_id) WHERE r.finished_at IS NULL AND s.provisional
     ) u GROUP BY 1, 2`,
    [...seen(who), ids.filter(isUuid)],
  )
  return inOrder(ids, rows)
}

/** The usage of each GPU within a range. */
export async function usageOfGpus(
  client: Pool | PoolClient,
  who: Principal,
  ids: readonly string[],
  range: TimeRangeInput | null | undefined,
): Promise<Usage[]> {
  const { from, to } = wholeHours(range)
  const within = '($4::timestamptz IS NULL OR s.hour >= $4) AND ($5::timestamptz IS NULL OR s.hour < $5)'
  const rows = await query<Sum>(
    client,
    'usage-of-gpus',
    `SELECT key, currency, ${SUMS} FROM (
       SELECT s.gpu_id AS key, ${ENTERED} FROM slices s JOIN runs r USING (run_id)
       WHERE s.gpu_id = ANY ($3::uuid[]) AND ${within} AND ${MAY_SEE}
       UNION ALL
       SELECT s.gpu_id, ${LIVE} FROM runs r JOIN due_slices s USING (run_id)
       WHERE r.finished_at IS NULL AND s.provisional AND s.gpu_id = ANY ($3::uuid[]) AND ${within} AND ${MAY_SEE}
     ) u GROUP BY 1, 2`,
    [...seen(who), ids.filter(isUuid), from, to],
  )
  return inOrder(ids, rows)
}

/** The usage of each account within a range, from the sums by day and, at its ends, by hour. */
export async function usageOfAccounts(
  client: Pool | PoolClient,
  who: Principal,
  ids: readonly string[],
  range: TimeRangeInput | null | undefined,
): Promise<Usage[]> {
  const { from, to } = wholeHours(range)
  const within = '($4::timestamptz IS NULL OR s.hour >= $4) AND ($5::timestamptz IS NULL OR s.hour < $5)'
  const sums = 'held_us, runs, wasted_us, utilised_us, measured_us, energy_mj, cost, false AS provisional'
  const mine = `r.account = ANY ($3) AND ${MAY_SEE}`
  const rows = await query<Sum>(
    client,
    'usage-of-accounts',
    `SELECT key, currency, ${SUMS} FROM (
       SELECT r.account AS key, currency, ${sums} FROM daily r WHERE ${mine} AND day >= $6 AND day < $7
       UNION ALL
       SELECT r.account, currency, ${sums} FROM hourly r WHERE ${mine} AND (hour >= $8 AND hour < $9 OR hour >= $10 AND hour < $11)
       UNION ALL
       SELECT r.account, ${LIVE} FROM runs r JOIN due_slices s USING (run_id)
       WHERE r.finished_at IS NULL AND s.provisional AND ${within} AND ${mine}
     ) u GROUP BY 1, 2`,
    // No stored name holds a NUL, and PostgreSQL refuses to compare with one.
    [...seen(who), ids.map((id) => id.replaceAll('\0', '\uFFFD')), from, to, ...wholeDays(from, to)],
  )
  return inOrder(ids, rows)
}

/** @throws ConstellationError BAD_USER_INPUT where the range is not of full hours */
function wholeHours(range: TimeRangeInput | null | undefined): { from: string | null; to: string | null } {
  for (const end of [range?.from, range?.to]) if (end != null) readInput(fullHour, end, 'range')
  return { from: range?.from ?? null, to: range?.to ?? null }
}

const DAY_MS = 86_400_000

/** The whole days of UTC within a range, and what is before and after them: each from when on, and up to when. */
export function wholeDays(from: string | null, to: string | null): string[] {
  const begin = from === null ? -Infinity : Date.parse(from)
  const end = to === null ? Infinity : Date.parse(to)
  const [first, last] = [Math.ceil(begin / DAY_MS) * DAY_MS, Math.floor(end / DAY_MS) * DAY_MS]
  const parts = first < last ? [first, last, begin, first, last, end] : [0, 0, begin, end, 0, 0]
  return parts.map((at) => (Number.isFinite(at) ? new Date(at).toISOString() : at < 0 ? '-infinity' : 'infinity'))
}

/** One usage for each id; one that nothing is known of, or that may not be seen, has used nothing. */
function inOrder(ids: readonly string[], rows: readonly Sum[]): Usage[] {
  const found = Map.groupBy(rows, ({ key }) => key)
  const asOf = new Date().toISOString()
  return ids.map((id) => toUsage(found.get(id) ?? found.get(id.toLowerCase()) ?? [], asOf))
}

function toUsage(sums: readonly Sum[], asOf: string): Usage {
  const total = (column: Exclude<keyof Sum, 'key' | 'currency' | 'provisional'>) =>
    sums.reduce((sum, row) => sum + Number(row[column]), 0)
  return {
    gpuSeconds: total('held_us') / 1_000_000,
    runs: total('runs'),
    provisional: sums.some(({ provisional }) => provisional),
    asOf,
    wastedGpuSeconds: total('wasted_us') / 1_000_000,
    utilisedGpuSeconds: total('utilised_us') / 1_000_000,
    measuredGpuSeconds: total('measured_us') / 1_000_000,
    energyJoules: total('energy_mj') / 1000,
    cost: sums
      .filter(({ currency }) => currency !== '')
      .map(({ currency, cost }) => ({ currency, amount: cost }))
      .toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
    queueWait: null,
  }
}
