import type { Principal } from '@constellation/platform/identity.ts'
import { expect, test } from 'vitest'
import { readAsked } from './asked.ts'

const ANALYST: Principal = { id: 'ann', role: 'analyst', accounts: [] }

test('names that nobody can have, and more than anybody reads, are refused by their fields', () => {
  const filter = { accounts: ['a\0b'], user: 'a\ud800', models: Array.from({ length: 101 }, (_, i) => `GPU ${i}`) }
  expect(() => readAsked(ANALYST, { filter })).toThrow(
    expect.objectContaining({
      code: 'BAD_USER_INPUT',
      problems: [
        { path: 'filter.accounts', message: 'must be text without NUL and without half characters' },
        { path: 'filter.users', message: 'must be text without NUL and without half characters' },
        { path: 'filter.models', message: 'must be at most 100' },
      ],
    }),
  )
})

test('a range that ends before it begins, and hours without an end, are refused', () => {
  const range = { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }
  expect(() => readAsked(ANALYST, { range })).toThrow(
    expect.objectContaining({ problems: [{ path: 'range.to', message: 'must not be before `from`' }] }),
  )
  expect(() => readAsked(ANALYST, { grain: 'HOUR' })).toThrow(
    expect.objectContaining({ problems: [{ path: 'range', message: 'must have both ends for hours' }] }),
  )
})

test('of thousands of years only those that have runs are asked for their clocks', () => {
  const ages = { range: { from: '1970-01-01T00:00:00Z', to: '9998-01-01T00:00:00Z' }, timeZone: 'Europe/Berlin' }
  const { steps } = readAsked(ANALYST, ages)
  expect(steps).toEqual(readAsked(ANALYST, { timeZone: 'Europe/Berlin' }).steps)
  expect(steps.length).toBeLessThan(200)
  const after = { from: '2150-01-01T00:00:00Z', to: '2160-01-01T00:00:00Z' }
  expect(readAsked(ANALYST, { range: after }).steps).toHaveLength(1)
})
