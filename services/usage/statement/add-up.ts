// Sums of charges over their currencies.
import { MONEY_PLACES, scaled, unscaled } from '../decimal.ts'
import type { Money } from '../generated/resolvers.ts'
import type { Charge } from './read-statement.ts'

export interface Sum {
  /** What it is the sum of, such as a user's name. */
  key: string
  runs: number
  heldUs: number
  wastedUs: number
  utilisedUs: number
  measuredUs: number
  /** By currency, exact; none where there was no price. */
  cost: Money[]
}

/** A sum for each key, in the keys' order. */
export function sumBy(charges: readonly Charge[]): Sum[] {
  return [...Map.groupBy(charges, ({ key }) => key)]
    .map(([key, some]) => ({ key, ...sumOf(some) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

export function sumOf(charges: readonly Charge[]): Omit<Sum, 'key'> {
  const total = (of: (charge: Charge) => number) => charges.reduce((sum, charge) => sum + of(charge), 0)
  return {
    runs: total(({ runs }) => runs),
    heldUs: total(({ heldUs }) => heldUs),
    wastedUs: total(({ wastedUs }) => wastedUs),
    utilisedUs: total(({ utilisedUs }) => utilisedUs),
    measuredUs: total(({ measuredUs }) => measuredUs),
    cost: sumMoney(charges),
  }
}

/** Amounts by currency, exact; what has no currency is left out. */
export function sumMoney(costs: readonly { currency: string | null; cost: string }[]): Money[] {
  const sums = new Map<string, bigint>()
  for (const { currency, cost } of costs) {
    if (currency) sums.set(currency, (sums.get(currency) ?? 0n) + unscaled(cost, MONEY_PLACES))
  }
  return [...sums]
    .map(([currency, amount]) => ({ currency, amount: scaled(amount, MONEY_PLACES) }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1))
}
