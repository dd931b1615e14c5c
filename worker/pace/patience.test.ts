import { expect, test } from 'vitest'
import { createPatience } from './patience.ts'

test('each failure doubles the pause, up to half a minute, until something works', () => {
  let now = 1_000
  const patience = createPatience(() => now)
  expect(patience.waitMs()).toBe(0)
  const pauses = Array.from({ length: 9 }, () => {
    const pause = patience.failed()
    expect(patience.waitMs()).toBe(pause)
    now += pause
    expect(patience.waitMs()).toBe(0)
    return pause
  })
  expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  patience.worked()
  expect(patience.failed()).toBe(500)
})

test('runs that fail together count as one failure', () => {
  let now = 0
  const patience = createPatience(() => now)
  for (let run = 0; run < 10; run += 1) patience.failed()
  expect(patience.waitMs()).toBe(500)
  now += 500
  expect(patience.failed()).toBe(1_000)
})
