import { expect, test } from 'vitest'
import { deadlineOf, renewalPeriod } from './lease.ts'

test('a usual lease leaves time to end well and to be killed, before the server’s lease is over', () => {
  expect(deadlineOf(1_000, 45_000)).toEqual({ warnAt: 34_000, killAt: 44_500 })
  expect(renewalPeriod(45_000)).toBe(5_000)
})

test('a short lease is divided in the same way', () => {
  expect(deadlineOf(0, 3_000)).toEqual({ warnAt: 2_000, killAt: 2_700 })
  expect(renewalPeriod(900)).toBe(100)
})

test('a run is warned before it is killed, and killed before the lease is over', () => {
  for (const leaseMs of [1, 100, 5_000, 45_000, 600_000]) {
    const { warnAt, killAt } = deadlineOf(0, leaseMs)
    expect(warnAt).toBeLessThan(killAt)
    expect(killAt).toBeLessThan(leaseMs)
  }
})
