import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forecast, reached } from './decide.ts'

const HOUR_MS = 3_600_000

describe('a threshold', () => {
  test('is reached exactly where that part of the amount is spent, to the last place of a decimal', () => {
    expect(reached('0.7999999999', '1', [80])).toEqual([])
    expect(reached('0.8', '1', [50, 80, 100])).toEqual([50, 80])
    expect(reached('99999999999999999.9999999999', '100000000000000000', [100])).toEqual([])
  })

  test('of nothing is reached by nothing', () => {
    expect(reached('0.0000000000', '0', [100])).toEqual([100])
  })

  test('that is reached stays so when more is spent or the threshold is lower', () => {
    const cents = fc.nat(1_000_000_000)
    fc.assert(
      fc.property(cents, cents, fc.nat(1_000), fc.integer({ min: 1, max: 1_000 }), (spent, amount, more, threshold) => {
        const decimal = (value: number) => (value / 100).toFixed(2)
        if (reached(decimal(spent), decimal(amount), [threshold]).length === 0) return
        expect(reached(decimal(spent + more), decimal(amount), [threshold])).toEqual([threshold])
        expect(reached(decimal(spent), decimal(amount), [threshold - 1])).toEqual([threshold - 1])
      }),
    )
  })
})

describe('the forecast', () => {
  const now = new Date('2026-01-21T00:00:00Z')
  const end = new Date('2026-02-01T00:00:00Z')
  const ago = (hours: number) => new Date(now.getTime() - hours * HOUR_MS)

  test('goes on from what is spent at the pace of the last seven days', () => {
    expect(forecast({ spent: 20, recent: 7, recentSince: ago(168) }, now, end)).toBeCloseTo(20 + 11)
  })

  test('counts the days since the first use, and at least one', () => {
    expect(forecast({ spent: 4, recent: 4, recentSince: ago(48) }, now, end)).toBeCloseTo(4 + 22)
    expect(forecast({ spent: 1, recent: 1, recentSince: ago(1) }, now, end)).toBeCloseTo(1 + 11)
  })

  test('is what is spent where nothing was used of late, and at the end of the month', () => {
    expect(forecast({ spent: 3, recent: 0, recentSince: null }, now, end)).toBe(3)
    expect(forecast({ spent: 3, recent: 2, recentSince: ago(100) }, end, end)).toBe(3)
  })
})
