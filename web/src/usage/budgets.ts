// How a budget stands, in numbers that can be drawn.
import type { BudgetFragment } from '../generated/documents.ts'
import { sayGpuHours, sayMoney } from '../shared/amounts.ts'

type Standing = 'fine' | 'near' | 'over'

/** From this part of the amount on, a budget is near its end. */
const NEAR = 0.8

export interface BudgetBar {
  /** Parts of the bar's width, from 0 to 1. */
  spent: number
  forecast: number
  amount: number
  thresholds: readonly { percent: number; at: number; crossed: boolean }[]
  standing: Standing
}

/** The bar ends at the amount or, where more is spent or awaited, there; at twice the amount at most. */
export function toBar({ amount, spent, forecast, thresholds, usedUp }: BudgetFragment): BudgetBar {
  const of = Number(amount)
  const part = (value: number) => (of > 0 ? value / of : 1)
  const [had, awaited] = [part(Number(spent)), part(Number(forecast))]
  const end = Math.min(2, Math.max(1, had, awaited))
  const place = (value: number) => Math.min(1, value / end)
  return {
    spent: place(had),
    forecast: place(Math.max(had, awaited)),
    amount: place(1),
    thresholds: thresholds
      .map((percent) => ({ percent, at: percent / 100 / end, crossed: had * 100 >= percent }))
      .filter(({ at }) => at <= 1),
    standing: usedUp ? 'over' : had >= NEAR || awaited > 1 ? 'near' : 'fine',
  }
}

/** An amount of the budget: of money, or of GPU-hours. */
export function sayOf(amount: string, currency: string | null): string {
  return currency === null ? `${sayGpuHours(Number(amount))} GPU-h` : sayMoney(Number(amount), currency)
}
