import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { partsBetween } from './parts.ts'

const NOON = Date.UTC(2026, 0, 31, 12)
const HOUR = 3_600_000

describe('a stretch of time', () => {
  test.each([
    ['an hour in 240 points, bucket by bucket', NOON, NOON + HOUR, 240, 15],
    ['the same from any second on', NOON + 7_001, NOON + 7_001 + HOUR, 240, 15],
    ['a day in 240 points', NOON, NOON + 24 * HOUR, 240, 360],
    ['31 days in 1000 points', NOON, NOON + 31 * 24 * HOUR, 1_000, 2_685],
    ['a minute, however many points', NOON, NOON + 60_000, 1_000, 15],
  ])('is cut: %s', (_, from, to, points, seconds) => {
    expect(partsBetween(from, to, points).stepMs).toBe(seconds * 1_000)
  })

  test('has no more parts than points and one, each of whole buckets, and all of its whole buckets are in one', () => {
    const times = fc.tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 31 * 24 * HOUR }))
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 1_000 }), ([from, length], points) => {
        const { origin, end, stepMs } = partsBetween(from, from + length, points)
        expect(stepMs % 15_000).toBe(0)
        expect(origin % 15_000).toBe(0)
        expect(Math.ceil((end - origin) / stepMs)).toBeLessThanOrEqual(points + 1)
        expect(from - origin).toBeLessThan(15_000)
        expect(origin).toBeLessThanOrEqual(from)
        expect(end).toBeGreaterThanOrEqual(from + length)
      }),
    )
  })

  test.each([
    ['ends before it begins', NOON, NOON - 1, 240, ['from']],
    ['is empty', NOON, NOON, 240, ['from']],
    ['is too long', NOON, NOON + 31 * 24 * HOUR + 1, 240, ['from']],
    ['is asked for in no points', NOON, NOON + HOUR, 0, ['points']],
    ['is asked for in too many points', NOON, NOON - HOUR, 1_001, ['points', 'from']],
  ])('is refused where it %s', (_, from, to, points, paths) => {
    const problems = paths.map((path) => expect.objectContaining({ path }))
    expect(() => partsBetween(from, to, points)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT', problems }))
  })
})
