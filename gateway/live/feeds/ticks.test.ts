import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTicks } from './ticks.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('all of one pace are told at the same time by the same object, and by one timer', () => {
  const ticks = createTicks()
  const told: [string, object][] = []
  ticks.listen(1_000, (tick) => told.push(['a', tick]))
  vi.advanceTimersByTime(600)
  ticks.listen(1_000, (tick) => told.push(['b', tick]))
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(400)
  expect(told.map(([who]) => who)).toEqual(['a', 'b'])
  expect(told[0]?.[1]).toBe(told[1]?.[1])
})

test('no timer runs once the last watcher is gone, and each pace has its own', () => {
  const ticks = createTicks()
  const stops = [ticks.listen(1_000, () => {}), ticks.listen(1_000, () => {}), ticks.listen(2_000, () => {})]
  expect(vi.getTimerCount()).toBe(2)
  for (const stop of stops) {
    stop()
    stop()
  }
  expect(vi.getTimerCount()).toBe(0)
})
