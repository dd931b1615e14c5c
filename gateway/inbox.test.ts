import { boundedMap } from '@constellation/platform/bounded-map.ts'
import { expect, test } from 'vitest'
import { createInbox } from './inbox.ts'

test('an inbox gives what was put, in order, and what is put while its reader waits', async () => {
  const inbox = createInbox<number>(2, 'fail')
  inbox.put(1)
  inbox.put(2)
  expect([await inbox.take(), await inbox.take()]).toEqual([1, 2])
  const waiting = inbox.take()
  inbox.put(3)
  expect(await waiting).toBe(3)
})

test('a closed inbox lets its reader go at once, and keeps nothing', async () => {
  const inbox = createInbox<number>(2, 'fail')
  const waiting = inbox.take()
  inbox.close()
  expect(await waiting).toBeUndefined()
  inbox.put(1)
  expect(await inbox.take()).toBeUndefined()
})

test('an inbox that overflows tells its reader, or drops the oldest', async () => {
  const strict = createInbox<number>(2, 'fail')
  const loose = createInbox<number>(2, 'drop-oldest')
  for (const item of [1, 2, 3]) {
    strict.put(item)
    loose.put(item)
  }
  await expect(strict.take()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect([await loose.take(), await loose.take()]).toEqual([2, 3])
})

test('a bounded map forgets what was used longest ago', () => {
  const map = boundedMap<string, number>(2)
  map.set('a', 1)
  map.set('b', 2)
  map.get('a')
  map.set('c', 3)
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3])
})
