import { expect, test } from 'vitest'
import { oneByOne } from './one-by-one.ts'
import { within } from './within.ts'

test('work is never done twice at a time, and whoever asks meanwhile gets the next time together', async () => {
  const times: PromiseWithResolvers<void>[] = []
  const ask = oneByOne(() => {
    const time = Promise.withResolvers<void>()
    times.push(time)
    return time.promise
  })
  const first = ask()
  await Promise.resolve()
  const [second, third] = [ask(), ask()]
  expect([times.length, second === third]).toEqual([1, true])
  times[0]?.reject(new Error('no'))
  await expect(first).rejects.toThrow('no')
  await Promise.resolve()
  expect(times.length).toBe(2)
  times[1]?.resolve()
  await expect(second).resolves.toBeUndefined()
})

test('a wait ends with the work, with the time, or when it is told to', async () => {
  const never = new Promise(() => {})
  expect(await within(60_000, Promise.resolve())).toBe(true)
  expect(await within(60_000, Promise.reject(new Error('no')))).toBe(false)
  expect(await within(1, never)).toBe(false)
  expect(await within(60_000, never, AbortSignal.abort())).toBe(false)
})
