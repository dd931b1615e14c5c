import { expect, test } from 'vitest'
import { createTurnstile, TurnedAway } from './turnstile.ts'

test('only so many are at it at once, and the others follow in the order in which they came', async () => {
  const turnstile = createTurnstile({ atOnce: 2, inLine: 10, patienceMs: 10_000 })
  const ends = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
  const begun: number[] = []
  const all = ends.map(({ promise }, i) =>
    turnstile.through(async () => {
      begun.push(i)
      await promise
      return i
    }),
  )
  expect(begun).toEqual([0, 1])
  ends[1]?.resolve()
  await all[1]
  ends[0]?.resolve()
  await all[0]
  expect(begun).toEqual([0, 1, 2, 3])
  for (const { resolve } of ends) resolve()
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4])
})

test('a failure makes room as a success does', async () => {
  const turnstile = createTurnstile({ atOnce: 1, inLine: 1, patienceMs: 10_000 })
  const failing = turnstile.through(() => Promise.reject(new Error('no')))
  const next = turnstile.through(async () => 'next')
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('next')
})

test('a line that is full turns away at once, and one that does not move after a while', async () => {
  const turnstile = createTurnstile({ atOnce: 1, inLine: 1, patienceMs: 20 })
  const end = Promise.withResolvers<void>()
  const first = turnstile.through(() => end.promise)
  const waiting = turnstile.through(async () => {})
  await expect(turnstile.through(async () => {})).rejects.toThrow(TurnedAway)
  await expect(waiting).rejects.toThrow(TurnedAway)
  end.resolve()
  await first
  expect(await turnstile.through(async () => 'free again')).toBe('free again')
})
