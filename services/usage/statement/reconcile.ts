// Whether the figures of a statement are one: the sums by hour, which its tables are made of, and the entries of the
// ledger themselves, which are summed on their own.
import type { Money } from '../generated/resolvers.ts'
import { sumMoney, sumOf } from './add-up.ts'
import type { Statement } from './read-statement.ts'

interface Reconciled {
  /** By what the tables say, and by the entries. */
  heldUs: { tables: number; entries: number }
  /** By currency: the tables, the entries, corrections of earlier months, and what is billed in all. */
  money: { currency: string; tables: string; entries: string; corrections: string; total: string }[]
  agrees: boolean
}

export function reconcile({ charges, prices, corrections }: Statement): Reconciled {
  const tables = sumMoney(charges.all)
  const entries = sumMoney(prices)
  const corrected = sumMoney(corrections)
  const totals = sumMoney([...charges.all, ...corrections])
  const currencies = [...new Set([...tables, ...entries, ...corrected].map(({ currency }) => currency))].toSorted()
  const money = currencies.map((currency) => ({
    currency,
    tables: amountIn(tables, currency),
    entries: amountIn(entries, currency),
    corrections: amountIn(corrected, currency),
    total: amountIn(totals, currency),
  }))
  const heldUs = { tables: sumOf(charges.all).heldUs, entries: prices.reduce((sum, { heldUs }) => sum + heldUs, 0) }
  return {
    heldUs,
    money,
    agrees: heldUs.tables === heldUs.entries && money.every((sums) => sums.tables === sums.entries),
  }
}

function amountIn(sums: readonly Money[], currency: string): string {
  return sums.find((sum) => sum.currency === currency)?.amount ?? '0.0000000000'
}
