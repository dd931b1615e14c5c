import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Bucket, owe, take } from './token-bucket.ts'

const size = { perSecond: 10, burst: 50 }

describe('a bucket', () => {
  test('is full at first, and refuses what it does not hold with the time until it does', () => {
    const first = take(undefined, 45, size, 0)
    expect(first).toEqual({ bucket: { left: 5, at: 0 }, waitMs: 0 })
    expect(take(first.bucket, 6, size, 0)).toEqual({ bucket: { left: 5, at: 0 }, waitMs: 100 })
    expect(take(first.bucket, 6, size, 99).waitMs).toBe(1)
    expect(take(first.bucket, 6, size, 100)).toEqual({ bucket: { left: 0, at: 100 }, waitMs: 0 })
  })

  test('never holds more than a burst, whenever it is looked at', () => {
    expect(take({ left: 0, at: 0 }, 50, size, 1e9)).toEqual({ bucket: { left: 0, at: 1e9 }, waitMs: 0 })
  })

  test('gives more than a burst when it is full', () => {
    expect(take(undefined, 1_000, size, 0)).toEqual({ bucket: { left: 0, at: 0 }, waitMs: 0 })
    expect(take({ left: 49, at: 0 }, 1_000, size, 0).waitMs).toBe(100)
  })

  test('does not lose anything where the clock goes back', () => {
    expect(take({ left: 7, at: 1_000 }, 7, size, 0)).toEqual({ bucket: { left: 0, at: 0 }, waitMs: 0 })
  })

  test('may be owed to: each who comes later waits longer, until it has come back', () => {
    let bucket = owe(undefined, 50, size, 0).bucket
    const waits = [20, 20, 1_000].map((cost) => {
      const owed = owe(bucket, cost, size, 0)
      bucket = owed.bucket
      return owed.waitMs
    })
    expect(waits).toEqual([2_000, 4_000, 9_000])
    expect(owe(bucket, 10, size, 10_000)).toEqual({ bucket: { left: 0, at: 10_000 }, waitMs: 0 })
  })

  test('gives no more than a burst and what came back, however it is asked', () => {
    const asks = fc.array(fc.record({ after: fc.nat(3_000), cost: fc.integer({ min: 1, max: 50 }) }), { maxLength: 50 })
    fc.assert(
      fc.property(asks, (all) => {
        let bucket: Bucket | undefined
        let now = 0
        let taken = 0
        for (const { after, cost } of all) {
          now += after
          const took = take(bucket, cost, size, now)
          bucket = took.bucket
          if (took.waitMs === 0) taken += cost
          else expect(take(bucket, cost, size, now + took.waitMs).waitMs).toBe(0)
        }
        expect(taken).toBeLessThanOrEqual(size.burst + (now * size.perSecond) / 1_000 + 1e-6)
      }),
    )
  })
})
