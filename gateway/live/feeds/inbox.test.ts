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

test('an inbox that overflows keeps the newest of each key in their order, until its reader has caught up', async () => {
  const inbox = createInbox<string>(3, (item) => item.slice(0, 1))
  for (const item of ['a1', 'b1', 'a2', 'a3', 'b2']) inbox.put(item)
  expect([await inbox.take(), await inbox.take()]).toEqual(['a3', 'b2'])
  for (const item of ['a4', 'a5', 'a6']) inbox.put(item)
  expect([await inbox.take(), await inbox.take(), await inbox.take()]).toEqual(['a4', 'a5', 'a6'])
})

test('an inbox that has more keys than it may keep tells its reader', async () => {
  const inbox = createInbox<string>(3, (item) => item)
  for (const item of ['a', 'b', 'c', 'd']) inbox.put(item)
  await expect(inbox.take()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})

test('a bounded map forgets what was used longest ago', () => {
  const map = boundedMap<string, number>(2)
  map.set('a', 1)
  map.set('b', 2)
  map.get('a')
  map.set('c', 3)
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3])
})
