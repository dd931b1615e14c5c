import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { atMostEvery } from './at-most-every.ts'

let hear: ((event: number) => void) | undefined
const feed = {
  listen(_: string, listener: (event: number) => void) {
    hear = listener
    return { ready: Promise.resolve(), stop: () => (hear = undefined) }
  },
}
const say = (event: number) => hear?.(event)

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

test('of events that come quickly the first is passed on at once and the last when its time has come, to all alike', () => {
  const slow = atMostEvery(1_000, feed, 'a')
  const [one, two]: [number[], number[]] = [[], []]
  slow.listen((event) => one.push(event))
  slow.listen((event) => two.push(event))
  for (const event of [1, 2, 3]) say(event)
  expect(one).toEqual([1])
  vi.advanceTimersByTime(999)
  say(4)
  expect(one).toEqual([1])
  vi.advanceTimersByTime(1)
  expect(one).toEqual([1, 4])
  vi.advanceTimersByTime(5_000)
  say(5)
  expect(one).toEqual([1, 4, 5])
  expect(two).toEqual(one)
})

test('nothing is heard, or kept, once nobody listens', () => {
  const slow = atMostEvery(1_000, feed, 'a')
  const heard: number[] = []
  const listening = slow.listen((event) => heard.push(event))
  say(1)
  say(2)
  listening.stop()
  expect(hear).toBeUndefined()
  vi.advanceTimersByTime(5_000)
  slow.listen((event) => heard.push(event))
  say(3)
  expect(heard).toEqual([1, 3])
})
