import { expect, it } from 'vitest'
import { sayCost } from './cost.ts'

const usage = (cost: { amount: string; currency: string }[] | null, gpuSeconds = 3600) => ({
  gpuSeconds,
  provisional: false,
  asOf: '2026-01-31T12:00:00.000Z',
  cost,
})

it('says nothing where there is no price', () => {
  expect(sayCost(usage(null), 3600)).toBeUndefined()
  expect(sayCost(usage([]), 3600)).toBeUndefined()
})

it('says each currency, and little things to the hundredth of a cent', () => {
  const both = [
    { amount: '4.200000', currency: 'EUR' },
    { amount: '0.0123', currency: 'USD' },
  ]
  expect(sayCost(usage(both), 3600)).toBe('€4.20 + $0.0123')
})

it('goes on at the price so far', () => {
  expect(sayCost(usage([{ amount: '2', currency: 'EUR' }]), 5400)).toBe('€3.00')
  expect(sayCost(usage([{ amount: '0', currency: 'EUR' }], 0), 5400)).toBe('€0.00')
})
