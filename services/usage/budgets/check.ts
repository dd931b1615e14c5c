// Whether budgets have crossed thresholds, and which of them hold work back. Each crossing is entered once in a month,
// by the transaction that writes its event; whoever checks at the same time waits, and finds it there.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { Pool, PoolClient } from 'pg'
import { type BudgetNow, budgetsNow } from './budgets-now.ts'
import { reached } from './decide.ts'

/** Where another process has checked within `restMs` before `now`, nothing is done. Returns how many thresholds were crossed. */
export async function checkBudgets(pool: Pool, now = new Date(), restMs = 0): Promise<number> {
  return inTransaction(pool, async (client) => {
    const [last] = await query<{ checkedAt: Date }>(
      client,
      'lock-budget-check',
      'SELECT checked_at AS "checkedAt" FROM budget_check FOR UPDATE',
    )
    if (last && restMs > 0 && last.checkedAt.getTime() > now.getTime() - restMs) return 0
    return checkLocked(client, now)
  })
}

/** To be called first in a transaction that changes budgets, so that no check falls into it. */
export async function lockBudgets(client: PoolClient): Promise<void> {
  await query(client, 'lock-budgets', 'SELECT FROM budget_check FOR UPDATE')
}

/** The same in a transaction that has called `lockBudgets`. */
export async function checkLocked(client: PoolClient, now: Date): Promise<number> {
  const budgets = await budgetsNow(client, now)
  const crossed = await enterCrossings(client, budgets)
  const changes = await enterHolds(client, budgets.filter(holdsBack))
  await query(
    client,
    'checked-budgets',
    `UPDATE budget_check SET checked_at = $1, holds_version = CASE WHEN $2 THEN
       greatest(holds_version + 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint) ELSE holds_version END`,
    [now, changes > 0],
  )
  return crossed
}

function holdsBack({ stopsNewWork, spent, amount }: BudgetNow): boolean {
  return stopsNewWork && reached(spent, amount, [100]).length > 0
}

async function enterCrossings(client: PoolClient, budgets: readonly BudgetNow[]): Promise<number> {
  const rows = budgets.flatMap(({ id, account, unit, month, spent, amount, thresholds }) =>
    reached(spent, amount, thresholds).map((threshold) => {
      return { id, account, unit, month, spent, amount, threshold, subject: SUBJECTS.budgetEvents(id) }
    }),
  )
  if (rows.length === 0) return 0
  const entered = await query(
    client,
    'enter-crossings',
    `WITH due AS (
       SELECT * FROM jsonb_to_recordset($1) AS d (id uuid, account text, unit text, month date, spent numeric,
         amount numeric, threshold integer, subject text)
     ), entered AS (
       INSERT INTO budget_crossings (budget_id, month, threshold, spent, amount)
       SELECT id, month, threshold, spent, amount FROM due ON CONFLICT DO NOTHING RETURNING budget_id, threshold
     )
     INSERT INTO events (type, payload, subject)
     SELECT 'budget.crossed', jsonb_build_object('budgetId', d.id, 'account', d.account, 'unit', d.unit, 'amount', d.amount::text,
       'month', to_char(d.month, 'YYYY-MM'), 'threshold', d.threshold, 'spent', d.spent::text), d.subject
     FROM due d JOIN entered e ON e.budget_id = d.id AND e.threshold = d.threshold
     ORDER BY d.account, d.id, d.threshold RETURNING id`,
    [JSON.stringify(rows)],
  )
  return entered.length
}

/** Makes these the holds that there are; returns how many were changed. */
async function enterHolds(client: PoolClient, holds: readonly BudgetNow[]): Promise<number> {
  const [row] = await query<{ changes: number }>(
    client,
    'enter-holds',
    `WITH due AS (
       SELECT * FROM jsonb_to_recordset($1) AS d (id uuid, account text, unit text, amount numeric, spent numeric,
         "monthEndsAt" timestamptz)
     ), gone AS (
       DELETE FROM budget_holds WHERE budget_id NOT IN (SELECT id FROM due) RETURNING 1
     ), changed AS (
       INSERT INTO budget_holds AS h (budget_id, account, unit, amount, spent, until)
       SELECT id, account, unit, amount, spent, "monthEndsAt" FROM due
       ON CONFLICT (budget_id) DO UPDATE SET amount = excluded.amount, spent = excluded.spent, until = excluded.until
       WHERE (h.amount, h.spent, h.until) IS DISTINCT FROM (excluded.amount, excluded.spent, excluded.until)
       RETURNING 1
     )
     SELECT ((SELECT count(*) FROM gone) + (SELECT count(*) FROM changed))::integer AS changes`,
    [JSON.stringify(holds)],
  )
  return row?.changes ?? 0
}
