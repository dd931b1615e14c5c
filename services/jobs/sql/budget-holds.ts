// Budgets that are used up, as they were told last.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import type { BudgetHolds } from '@constellation/platform/events/budgets.ts'
import type { Pool, PoolClient } from 'pg'
import type { UsedUp } from '../policy/fair-share.ts'

/** True of a lane `l` whose account may have further runs. A month that has ended needs nobody to say so. */
export const MAY_SPEND =
  'NOT EXISTS (SELECT FROM budget_holds WHERE budget_holds.account = l.account AND until > now())'

/** Of these accounts, the budget that is used up, for those that have one. */
export async function usedUpBudgets(
  client: Pool | PoolClient,
  accounts: readonly string[],
): Promise<Map<string, UsedUp>> {
  const rows = await query<UsedUp & { account: string }>(
    client,
    'used-up-budgets',
    `SELECT DISTINCT ON (account) account, unit, amount::text, spent::text, until FROM budget_holds
     WHERE account = ANY ($1) AND until > now() ORDER BY account, until DESC, unit`,
    [accounts],
  )
  return new Map(rows.map(({ account, ...usedUp }) => [account, usedUp]))
}

/** Keeps these in the place of all others, unless something newer is known. True where an account may spend again. */
export async function keepHolds(pool: Pool, { version, holds }: BudgetHolds): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const newer = await query(
      client,
      'hear-budget-holds',
      'UPDATE budget_holds_heard SET version = $1 WHERE version < $1 RETURNING 1',
      [version],
    )
    if (newer.length === 0) return false
    const gone = await query(
      client,
      'end-budget-holds',
      'DELETE FROM budget_holds WHERE budget_id <> ALL ($1) RETURNING 1',
      [holds.map(({ budgetId }) => budgetId)],
    )
    await query(
      client,
      'keep-budget-holds',
      `INSERT INTO budget_holds (budget_id, account, unit, amount, spent, until)
       SELECT "budgetId", account, unit, amount, spent, until FROM jsonb_to_recordset($1) AS h ("budgetId" uuid,
         account text, unit text, amount numeric, spent numeric, until timestamptz)
       ON CONFLICT (budget_id) DO UPDATE SET amount = excluded.amount, spent = excluded.spent, until = excluded.until`,
      [JSON.stringify(holds)],
    )
    return gone.length > 0
  })
}
