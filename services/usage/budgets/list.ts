// Budgets as the graph has them, for those who may see them.
import { query } from '@constellation/platform/database/database.ts'
import { type Principal, requireRole } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { Pool } from 'pg'
import type { Budget, BudgetCrossing } from '../generated/resolvers.ts'
import { type BudgetNow, budgetsNow } from './budgets-now.ts'
import { forecast, reached } from './decide.ts'

/** The budgets that this principal may see, of one account or of all. @throws ConstellationError FORBIDDEN */
export async function listBudgets(
  pool: Pool,
  who: Principal,
  account: string | null | undefined,
  now = new Date(),
): Promise<Budget[]> {
  requireRole(who, 'account-manager', 'analyst', 'operator', 'admin')
  if (account?.includes('\0')) return []
  const seen = accountsSeen(who)
  const accounts = account == null ? seen : seen === null || seen.includes(account) ? [account] : []
  return withCrossings(pool, await budgetsNow(pool, now, { accounts }), now)
}

/** In the order of the ids; null for what this principal may not see, or is not there. */
export async function findBudgets(
  pool: Pool,
  who: Principal,
  ids: readonly string[],
  now = new Date(),
): Promise<(Budget | null)[]> {
  const accounts = accountsSeen(who)
  const found = await withCrossings(pool, await budgetsNow(pool, now, { ids: ids.filter(isUuid), accounts }), now)
  const byId = new Map(found.map((budget) => [budget.id, budget]))
  return ids.map((id) => byId.get(id.toLowerCase()) ?? null)
}

/** Null for all. */
function accountsSeen({ role, accounts }: Principal): readonly string[] | null {
  if (role === 'admin' || role === 'operator' || role === 'analyst') return null
  return role === 'account-manager' ? accounts : []
}

interface CrossingRow extends Omit<BudgetCrossing, 'crossedAt'> {
  budgetId: string
  crossedAt: Date
}

async function withCrossings(pool: Pool, budgets: readonly BudgetNow[], now: Date): Promise<Budget[]> {
  if (budgets.length === 0) return []
  const rows = await query<CrossingRow>(
    pool,
    'crossings-of-budgets',
    `SELECT budget_id AS "budgetId", threshold, crossed_at AS "crossedAt", spent::text, amount::text
     FROM budget_crossings WHERE budget_id = ANY ($1) AND month = $2 ORDER BY threshold`,
    [budgets.map(({ id }) => id), budgets[0]?.month],
  )
  const crossings = Map.groupBy(rows, ({ budgetId }) => budgetId)
  return budgets.map((budget) => toBudget(budget, crossings.get(budget.id) ?? [], now))
}

function toBudget(row: BudgetNow, crossings: readonly CrossingRow[], now: Date): Budget {
  const { unit, recentSince, recent, spent, monthEndsAt, setAt, month, ...budget } = row
  const pace = { spent: Number(spent), recent: Number(recent), recentSince }
  return {
    ...budget,
    currency: unit === 'GPU_HOURS' ? null : unit,
    month: month.slice(0, 7),
    monthEndsAt: monthEndsAt.toISOString(),
    spent,
    asOf: now.toISOString(),
    forecast: forecast(pace, now, monthEndsAt).toFixed(4),
    usedUp: reached(spent, row.amount, [100]).length > 0,
    crossings: crossings.map(({ budgetId: _, crossedAt, ...crossing }) => {
      return { ...crossing, crossedAt: crossedAt.toISOString() }
    }),
    setAt: setAt.toISOString(),
  }
}
