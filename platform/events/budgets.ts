// What accounts may spend, as the usage service tells it.
import * as v from 'valibot'
import { common, instant } from './event.ts'

const BUDGET_EVENT_TYPES = ['budget.saved', 'budget.deleted', 'budget.crossed'] as const

/** What happens to a budget. Amounts are decimals. */
export const budgetEvent = v.object({
  ...common,
  type: v.picklist(BUDGET_EVENT_TYPES),
  budgetId: v.string(),
  account: v.string(),
  /** A currency, or `GPU_HOURS`. */
  unit: v.string(),
  amount: v.string(),
  /** What was crossed, in percent of the amount, in which month, such as `2026-01`, and what was spent by then. */
  threshold: v.nullish(v.number()),
  month: v.nullish(v.string()),
  spent: v.nullish(v.string()),
})
export type BudgetEvent = v.InferOutput<typeof budgetEvent>

/** As many accounts can be held back: so a message stays well under NATS's limit of 1 MB. */
export const MOST_HOLDS = 3_000

/** The budgets that are used up, and whose accounts' jobs are not to be started until then: all of them. */
export const budgetHolds = v.object({
  /** What is newer has a higher one. */
  version: v.pipe(v.number(), v.safeInteger()),
  holds: v.pipe(
    v.array(
      v.object({
        budgetId: v.pipe(v.string(), v.uuid()),
        account: v.string(),
        /** A currency, or `GPU_HOURS`. */
        unit: v.string(),
        amount: v.pipe(v.string(), v.decimal()),
        spent: v.pipe(v.string(), v.decimal()),
        until: instant,
      }),
    ),
    v.maxLength(MOST_HOLDS),
  ),
})
export type BudgetHolds = v.InferOutput<typeof budgetHolds>
