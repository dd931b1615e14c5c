// A budget as it is typed, checked before it is sent.
import * as v from 'valibot'
import type { SaveBudgetInput } from '../generated/documents.ts'
import { words } from './words.ts'

const MOST_PERCENT = 1000

const budget = v.object({
  account: v.pipe(v.string(), v.trim(), v.nonEmpty(words.budgets.needed)),
  amount: v.pipe(
    v.string(),
    v.trim(),
    v.transform((text) => text.replace(',', '.')),
    v.regex(/^\d{1,9}(\.\d{1,8})?$/, words.prices.noAmount),
  ),
  /** Empty for GPU-hours. */
  currency: v.pipe(v.string(), v.trim(), v.toUpperCase(), v.regex(/^([A-Z]{3})?$/, words.prices.noCurrency)),
  thresholds: v.pipe(
    v.string(),
    v.transform((text) =>
      text
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map(Number),
    ),
    v.check(
      (all) => all.every((each) => Number.isInteger(each) && each >= 1 && each <= MOST_PERCENT),
      words.budgets.noThresholds,
    ),
  ),
  stopsNewWork: v.optional(v.string()),
})

/** The input of `saveBudget`, or what is wrong by the name of the field. */
export function readBudget(
  typed: Readonly<Record<string, unknown>>,
): { input: SaveBudgetInput } | { problems: Readonly<Record<string, string>> } {
  const read = v.safeParse(budget, typed)
  if (!read.success) {
    return { problems: Object.fromEntries(read.issues.map((issue) => [v.getDotPath(issue) ?? '', issue.message])) }
  }
  const { amount, currency, stopsNewWork, ...rest } = read.output
  const much = currency === '' ? { gpuHours: amount } : { amount, currency }
  return { input: { ...rest, ...much, stopsNewWork: stopsNewWork !== undefined } }
}
