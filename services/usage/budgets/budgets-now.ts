// Budgets with what is spent of them: from the sums by hour, and what goes on.
import { query } from '@constellation/platform/database/database.ts'
import type { Pool, PoolClient } from 'pg'
import { PACE_DAYS } from './decide.ts'

export interface BudgetNow {
  id: string
  account: string
  /** A currency, or GPU_HOURS. */
  unit: string
  amount: string
  thresholds: number[]
  stopsNewWork: boolean
  setBy: string
  setAt: Date
  /** The first day of the month of UTC, `2026-01-01`. */
  month: string
  monthEndsAt: Date
  /** Of the month. */
  spent: string
  /** Of the last seven days, and when the first use of these began. */
  recent: string
  recentSince: Date | null
}

const CLOCK = `clock AS (
  SELECT at, date_trunc('month', at, 'UTC') AS month, date_trunc('month', at, 'UTC') + interval '1 month' AS month_ends,
    date_trunc('hour', at - interval '${PACE_DAYS} days', 'UTC') AS recent FROM (SELECT $3::timestamptz AS at) c
)`

/** By hour, of runs that go on, of all accounts that have a budget. */
const LIVE = `live AS MATERIALIZED (
  SELECT r.account, s.hour, s.currency, sum(extract(epoch FROM s.to_at - s.from_at)) / 3600 AS gpu_hours,
    sum(round(extract(epoch FROM s.to_at - s.from_at) * s.per_gpu_hour / 3600, 10)) AS cost
  FROM runs r JOIN due_slices s USING (run_id) CROSS JOIN clock
  WHERE r.finished_at IS NULL AND s.provisional AND r.account IN (SELECT account FROM wanted)
    AND s.hour >= least(clock.month, clock.recent)
  GROUP BY 1, 2, 3
)`

const used = (gpuHours: string, cost: string) => `CASE WHEN b.unit = 'GPU_HOURS' THEN ${gpuHours} ELSE ${cost} END`
const COUNTS = (row: string) => `${row}.account = b.account AND (b.unit = 'GPU_HOURS' OR ${row}.currency = b.unit)
  AND ${row}.hour >= least(c.month, c.recent) AND ${row}.hour <= c.at`

/** These budgets, and those of these accounts; all where both are null. As of `now`, by account. */
export function budgetsNow(
  client: Pool | PoolClient,
  now: Date,
  { ids = null, accounts = null }: { ids?: readonly string[] | null; accounts?: readonly string[] | null } = {},
): Promise<BudgetNow[]> {
  return query<BudgetNow>(
    client,
    'budgets-now',
    `WITH ${CLOCK}, wanted AS (
       SELECT * FROM budgets WHERE ($1::uuid[] IS NULL OR id = ANY ($1)) AND ($2::text[] IS NULL OR account = ANY ($2))
     ), ${LIVE}
     SELECT b.id, b.account, b.unit, b.amount::text, b.thresholds, b.stops_new_work AS "stopsNewWork",
       b.set_by AS "setBy", b.set_at AS "setAt", (c.month AT TIME ZONE 'UTC')::date::text AS month,
       c.month_ends AS "monthEndsAt",
       round(coalesce(sum(u.used) FILTER (WHERE u.hour >= c.month), 0), 10)::text AS spent,
       round(coalesce(sum(u.used) FILTER (WHERE u.hour >= c.recent), 0), 10)::text AS recent,
       min(u.hour) FILTER (WHERE u.hour >= c.recent) AS "recentSince"
     FROM wanted b CROSS JOIN clock c LEFT JOIN LATERAL (
       SELECT h.hour, ${used('h.held_us / 3600000000.0', 'h.cost')} AS used FROM hourly h WHERE ${COUNTS('h')}
       UNION ALL
       SELECT l.hour, ${used('l.gpu_hours', 'l.cost')} FROM live l WHERE ${COUNTS('l')}
     ) u ON true
     GROUP BY b.id, b.account, b.unit, b.amount, b.thresholds, b.stops_new_work, b.set_by, b.set_at, c.month, c.month_ends
     ORDER BY b.account, b.unit`,
    [ids, accounts, now],
  )
}
