// What an account may spend is set, and ended.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { BudgetEvent } from '@constellation/platform/events/budgets.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { type Principal, personName, requireRole } from '@constellation/platform/identity.ts'
import { isUuid } from '@constellation/platform/ids.ts'
import type { Pool, PoolClient } from 'pg'
import * as v from 'valibot'
import type { SaveBudgetInput } from '../generated/resolvers.ts'
import { readInput } from '../read-input.ts'
import { budgetsNow } from './budgets-now.ts'
import { checkLocked, lockBudgets } from './check.ts'
import { reached } from './decide.ts'

const decimal = v.pipe(
  v.string(),
  v.regex(/^\d{1,12}(\.\d{1,8})?$/, 'must be a decimal such as "250.00", with at most 8 places'),
)
const percent = v.pipe(
  v.number(),
  v.integer('must be whole numbers'),
  v.minValue(1, 'must be at least 1'),
  v.maxValue(1000, 'must be at most 1000'),
)
const budget = v.pipe(
  v.object({
    account: personName,
    amount: v.nullish(decimal, null),
    currency: v.nullish(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'must be a currency such as EUR')), null),
    gpuHours: v.nullish(decimal, null),
    thresholds: v.nullish(v.pipe(v.array(percent), v.maxLength(20, 'must be at most 20')), [50, 80, 100]),
    stopsNewWork: v.nullish(v.boolean(), false),
  }),
  v.check(
    ({ amount, currency, gpuHours }) =>
      (amount === null) === (currency === null) && (amount === null) !== (gpuHours === null),
    'must have an amount with its currency, or GPU-hours',
  ),
)

/**
 * Sets the account's budget of this currency or of GPU-hours; returns its id. It holds at once: what is crossed already is
 * told, and what it no longer crosses may be crossed again.
 * @throws ConstellationError BAD_USER_INPUT, FORBIDDEN
 */
export async function saveBudget(
  pool: Pool,
  who: Principal,
  input: SaveBudgetInput,
  now = new Date(),
): Promise<string> {
  requireRole(who, 'account-manager', 'admin')
  const { account, amount, currency, gpuHours, thresholds, stopsNewWork } = readInput(budget, input)
  if (!maySet(who, account)) throw new ConstellationError('FORBIDDEN', 'You do not manage this account.')
  // An event tells when work is held back.
  const told = [...new Set(stopsNewWork ? [...thresholds, 100] : thresholds)].toSorted((a, b) => a - b)
  return inTransaction(pool, async (client) => {
    await lockBudgets(client)
    const [saved] = await query<Saved>(
      client,
      'save-budget',
      `INSERT INTO budgets (account, unit, amount, thresholds, stops_new_work, set_by) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (account, unit) DO UPDATE SET amount = excluded.amount, thresholds = excluded.thresholds,
         stops_new_work = excluded.stops_new_work, set_by = excluded.set_by, set_at = now()
       RETURNING id, account, unit, amount::text`,
      [account, currency ?? 'GPU_HOURS', amount ?? gpuHours, told, stopsNewWork, who.id],
    )
    if (!saved) throw new Error('A budget that was saved is not there.')
    await recordEvent(client, 'budget.saved', saved)
    await forgetWhatIsNotReached(client, saved.id, now)
    await checkLocked(client, now)
    return saved.id
  })
}

/** Ends a budget. False where there is none that this principal may set. */
export async function deleteBudget(pool: Pool, who: Principal, id: string, now = new Date()): Promise<boolean> {
  requireRole(who, 'account-manager', 'admin')
  if (!isUuid(id)) return false
  return inTransaction(pool, async (client) => {
    await lockBudgets(client)
    const [deleted] = await query<Saved>(
      client,
      'delete-budget',
      `DELETE FROM budgets WHERE id = $1 AND ($2::text[] IS NULL OR account = ANY ($2))
       RETURNING id, account, unit, amount::text`,
      [id, who.role === 'admin' ? null : who.accounts],
    )
    if (!deleted) return false
    await recordEvent(client, 'budget.deleted', deleted)
    await checkLocked(client, now)
    return true
  })
}

interface Saved {
  id: string
  account: string
  unit: string
  amount: string
}

function maySet({ role, accounts }: Principal, account: string): boolean {
  return role === 'admin' || accounts.includes(account)
}

async function recordEvent(client: PoolClient, type: BudgetEvent['type'], { id, ...saved }: Saved): Promise<void> {
  const payload: Omit<BudgetEvent, 'id' | 'ts' | 'type'> = { budgetId: id, ...saved }
  await query(client, 'record-budget-event', 'INSERT INTO events (type, payload, subject) VALUES ($1, $2, $3)', [
    type,
    JSON.stringify(payload),
    SUBJECTS.budgetEvents(id),
  ])
}

async function forgetWhatIsNotReached(client: PoolClient, id: string, now: Date): Promise<void> {
  const [budget] = await budgetsNow(client, now, { ids: [id] })
  if (!budget) return
  await query(
    client,
    'forget-crossings',
    'DELETE FROM budget_crossings WHERE budget_id = $1 AND month = $2 AND threshold <> ALL ($3)',
    [id, budget.month, reached(budget.spent, budget.amount, budget.thresholds)],
  )
}
