import { expect, it } from 'vitest'
import type { BudgetFragment } from '../generated/documents.ts'
import { sayOf, toBar } from './budgets.ts'

const budget = (changes: Partial<BudgetFragment>): BudgetFragment => ({
  id: '1',
  account: 'team',
  amount: '200',
  currency: 'EUR',
  thresholds: [50, 80, 100],
  stopsNewWork: false,
  monthEndsAt: '2026-02-01T00:00:00Z',
  spent: '0',
  forecast: '0',
  usedUp: false,
  ...changes,
})

it('ends at the amount while less is spent and awaited', () => {
  const bar = toBar(budget({ spent: '120', forecast: '150' }))
  expect([bar.spent, bar.forecast, bar.amount, bar.standing]).toEqual([0.6, 0.75, 1, 'fine'])
  expect(bar.thresholds.map(({ crossed }) => crossed)).toEqual([true, false, false])
})

it('makes room for what is beyond the amount, up to twice of it', () => {
  const bar = toBar(budget({ spent: '250', forecast: '1000', usedUp: true }))
  expect([bar.spent, bar.forecast, bar.amount, bar.standing]).toEqual([0.625, 1, 0.5, 'over'])
  expect(bar.thresholds.map(({ at }) => at)).toEqual([0.25, 0.4, 0.5])
})

it('warns where the pace leads beyond the amount, and of a budget of nothing', () => {
  expect(toBar(budget({ spent: '10', forecast: '300' })).standing).toBe('near')
  expect(toBar(budget({ amount: '0', usedUp: true }))).toMatchObject({ spent: 1, standing: 'over' })
})

it('says money, or GPU-hours', () => {
  expect([sayOf('12.5', 'EUR'), sayOf('12.5', null)]).toEqual(['€12.50', '12.50 GPU-h'])
})
