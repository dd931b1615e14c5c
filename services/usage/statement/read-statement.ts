// What a statement says, from the ledger at one instant. What was billed for a month does not change once the month is
// closed: what comes late of it is in the statement of the month in which it was entered.
import { query } from '@constellation/platform/database/database.ts'
import type { Read } from '@constellation/platform/database/read-replica.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { PoolClient } from 'pg'
import { MAY_SEE, seen } from '../report/usage-of.ts'

/** What was held on a day, by a user, on a model, or in all, in one currency; empty where there was no price. */
export interface Charge {
  /** Such as `2026-01-31`, or the name. */
  key: string
  currency: string
  runs: number
  heldUs: number
  wastedUs: number
  utilisedUs: number
  measuredUs: number
  /** Decimal. */
  cost: string
}

/** The same charges, summed by each. */
type Charges = Record<'day' | 'user' | 'model' | 'all', Charge[]>

/** What was held at one price, as the entries of the ledger have it. */
export interface Priced {
  model: string
  /** Null, as the currency, where there was none. */
  perGpuHour: string | null
  currency: string | null
  heldUs: number
  cost: string
}

/** Corrections of an earlier month, by currency. */
export interface Correction {
  month: string
  currency: string
  runs: number
  heldUs: number
  cost: string
}

export interface Statement {
  account: string
  /** Such as `2026-01`. */
  month: string
  /** Of whom alone the runs are; null for the whole account. */
  user: string | null
  asOf: Date
  closedAt: Date | null
  /** How many runs of the month go on, and are not in it yet. */
  goingOn: number
  charges: Charges
  prices: Priced[]
  corrections: Correction[]
}

/**
 * The statement of an account, of the runs that the principal may see; `month` is its first day. `read` may have it from a
 * replica: what was entered before it was asked for is in it all the same.
 */
export function readStatement(read: Read, who: Principal, account: string, month: string): Promise<Statement> {
  const [user, accounts] = seen(who)
  const given = [user, accounts, account, month]
  return inSnapshot(read, async (client) => {
    const { asOf, closedAt, goingOn } = await readHead(client, given)
    return {
      account,
      month: month.slice(0, 7),
      user: accounts?.includes(account) ? null : user,
      asOf,
      closedAt,
      goingOn,
      charges: await readCharges(client, given),
      prices: await readPrices(client, given),
      corrections: await readCorrections(client, given),
    }
  })
}

/** Does the work on one connection, on which nothing changes meanwhile. */
function inSnapshot<T>(read: Read, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return read(async (server) => {
    const isPool = 'totalCount' in server
    const client = isPool ? await server.connect() : server
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
      return await work(client)
    } finally {
      await client.query('COMMIT').catch(() => {})
      if (isPool) client.release()
    }
  })
}

/** The month `$4` in UTC; `$3` is the account. */
const MONTH = (at: string) =>
  `${at} >= $4::timestamp AT TIME ZONE 'UTC' AND ${at} < ($4::timestamp + interval '1 month') AT TIME ZONE 'UTC'`
const MINE = `r.account = $3 AND ${MAY_SEE}`

async function readHead(client: PoolClient, given: readonly unknown[]) {
  const [head] = await query<Pick<Statement, 'asOf' | 'closedAt' | 'goingOn'>>(
    client,
    'statement-head',
    `SELECT now() AS "asOf", (SELECT closed_at FROM closed_periods WHERE month = $4::date) AS "closedAt",
       (SELECT count(*)::integer FROM runs r WHERE finished_at IS NULL AND ${MINE}
          AND started_at < ($4::timestamp + interval '1 month') AT TIME ZONE 'UTC') AS "goingOn"`,
    given,
  )
  if (!head) throw new Error('A clock has a row.')
  return head
}

async function readCharges(client: PoolClient, given: readonly unknown[]): Promise<Charges> {
  const rows = await query<Numbers<Charge> & { kind: keyof Charges }>(
    client,
    'statement-charges',
    // The sums by hour have what came late in them. Summed here: thousands of users have hundreds of thousands of them.
    `SELECT CASE WHEN grouping(day) = 0 THEN 'day' WHEN grouping(submitted_by) = 0 THEN 'user'
         WHEN grouping(model) = 0 THEN 'model' ELSE 'all' END AS kind,
       coalesce(to_char(day, 'YYYY-MM-DD'), submitted_by, model, '') AS key, currency, sum(runs)::integer AS runs,
       sum(held_us)::bigint AS "heldUs", sum(wasted_us)::bigint AS "wastedUs", sum(utilised_us)::bigint AS "utilisedUs",
       sum(measured_us)::bigint AS "measuredUs", sum(cost) AS cost
     FROM (
       SELECT (hour AT TIME ZONE 'UTC')::date AS day, submitted_by, model, currency, runs, held_us, wasted_us, utilised_us,
         measured_us, cost
       FROM hourly r WHERE ${MONTH('hour')} AND ${MINE}
       UNION ALL
       SELECT (s.hour AT TIME ZONE 'UTC')::date, r.submitted_by, s.model, coalesce(s.currency, ''), -s.starts, -s.held_us,
         CASE WHEN r.outcome <> 'completed' THEN -s.held_us ELSE 0 END, -coalesce(s.utilised_us, 0),
         CASE WHEN s.utilised_us IS NOT NULL THEN -s.held_us ELSE 0 END, -coalesce(s.cost, 0)
       FROM slices s JOIN runs r USING (run_id) WHERE s.late AND ${MONTH('s.hour')} AND ${MINE}
     ) c GROUP BY GROUPING SETS ((day, currency), (submitted_by, currency), (model, currency), (currency))
     HAVING sum(held_us) <> 0 OR sum(runs) <> 0 ORDER BY 1, 2, 3`,
    given,
  )
  const charges: Charges = { day: [], user: [], model: [], all: [] }
  for (const { kind, ...row } of rows) charges[kind].push(toCharge(row))
  return charges
}

function toCharge(row: Numbers<Charge>): Charge {
  return {
    ...row,
    heldUs: Number(row.heldUs),
    wastedUs: Number(row.wastedUs),
    utilisedUs: Number(row.utilisedUs),
    measuredUs: Number(row.measuredUs),
  }
}

async function readPrices(client: PoolClient, given: readonly unknown[]): Promise<Priced[]> {
  const rows = await query<Numbers<Priced>>(
    client,
    'statement-prices',
    `SELECT s.model, s.per_gpu_hour::text AS "perGpuHour", s.currency, sum(s.held_us)::bigint AS "heldUs",
       coalesce(sum(s.cost), 0)::numeric(38, 10) AS cost
     FROM slices s JOIN runs r USING (run_id) WHERE NOT s.late AND s.held_us <> 0 AND ${MONTH('s.hour')} AND ${MINE}
     GROUP BY 1, s.per_gpu_hour, 3 ORDER BY 1, s.per_gpu_hour, 3`,
    given,
  )
  return rows.map((row) => ({ ...row, heldUs: Number(row.heldUs) }))
}

async function readCorrections(client: PoolClient, given: readonly unknown[]): Promise<Correction[]> {
  const rows = await query<Numbers<Correction>>(
    client,
    'statement-corrections',
    `SELECT to_char(s.hour AT TIME ZONE 'UTC', 'YYYY-MM') AS month, coalesce(s.currency, '') AS currency,
       count(DISTINCT s.run_id)::integer AS runs, sum(s.held_us)::bigint AS "heldUs",
       coalesce(sum(s.cost), 0)::numeric(38, 10) AS cost
     FROM slices s JOIN runs r USING (run_id) WHERE s.late AND ${MONTH('s.entered_at')} AND ${MINE}
     GROUP BY 1, 2 ORDER BY 1, 2`,
    given,
  )
  return rows.map((row) => ({ ...row, heldUs: Number(row.heldUs) }))
}

/** PostgreSQL gives whole numbers of 64 bits as texts. */
type Numbers<Row> = { [Field in keyof Row]: Field extends `${string}Us` ? string : Row[Field] }
