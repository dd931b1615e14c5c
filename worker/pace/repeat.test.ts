import { expect, test } from 'vitest'
import { repeat } from './repeat.ts'

test('work is done at once, again when woken, and never twice at a time', async () => {
  let running = 0
  let most = 0
  let count = 0
  let done = Promise.withResolvers<void>()
  const work = repeat(
    async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      count += 1
      done.resolve()
    },
    () => 60_000,
    () => undefined,
  )
  await done.promise
  done = Promise.withResolvers()
  for (let i = 0; i < 5; i++) work.wake()
  await done.promise
  await work.stop()
  expect(most).toBe(1)
  expect(count).toBe(2)
})

test('a wake while the work is being done makes it be done once more', async () => {
  const starts: number[] = []
  const gate = Promise.withResolvers<void>()
  const again = Promise.withResolvers<void>()
  const work = repeat(
    async () => {
      starts.push(starts.length)
      if (starts.length === 1) await gate.promise
      else again.resolve()
    },
    () => 60_000,
    () => undefined,
  )
  work.wake()
  work.wake()
  gate.resolve()
  await again.promise
  await work.stop()
  expect(starts).toEqual([0, 1])
})

test('a failure is told, and the work goes on', async () => {
  const faults: unknown[] = []
  const third = Promise.withResolvers<void>()
  let count = 0
  const work = repeat(
    async () => {
      count += 1
      if (count === 3) third.resolve()
      throw new Error(`number ${count}`)
    },
    () => 1,
    (error) => faults.push(error),
  )
  await third.promise
  await work.stop()
  expect(faults).toEqual([new Error('number 1'), new Error('number 2'), new Error('number 3')])
})
