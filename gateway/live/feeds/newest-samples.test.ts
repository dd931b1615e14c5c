import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createNewestSamples, type Reader } from './newest-samples.ts'

interface Sample {
  gpuId: string
  value: number
}

let hear: ((samples: readonly Sample[]) => void) | undefined
let newest: ReturnType<typeof createNewestSamples<Sample>>
const feed = {
  listen(_: string, listener: (samples: readonly Sample[]) => void) {
    hear = listener
    return { ready: Promise.resolve(), stop: () => (hear = undefined) }
  },
}
/** What is said of GPUs, such as `{ a: 1 }`. */
const say = (values: Record<string, number>) =>
  hear?.(Object.entries(values).map(([gpuId, value]) => ({ gpuId, value })))
const next = async (reader: Reader<Sample>) =>
  Object.fromEntries(((await reader.next()) ?? []).map(({ gpuId, value }) => [gpuId, value]))

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  newest = createNewestSamples(feed, 'telemetry.*')
})
afterEach(() => void vi.useRealTimers())

test('samples that come together are told together, and then the newest of each GPU at the pace that was asked for', async () => {
  const reader = newest.watch(null, 1_000)
  say({ a: 1 })
  vi.advanceTimersByTime(20)
  say({ b: 1 })
  vi.advanceTimersByTime(5)
  expect(await next(reader)).toEqual({ a: 1, b: 1 })
  say({ a: 2 })
  say({ a: 3 })
  let told = false
  const second = next(reader).finally(() => (told = true))
  vi.advanceTimersByTime(899)
  await Promise.resolve()
  expect(told).toBe(false)
  vi.advanceTimersByTime(1)
  expect(await second).toEqual({ a: 3 })
})

test('what comes all the time is told no more often than was asked for', async () => {
  const reader = newest.watch(null, 250)
  let told = 0
  void (async () => {
    while (await reader.next()) told += 1
  })()
  for (let i = 0; i < 1_000; i++) {
    say({ a: i })
    await vi.advanceTimersByTimeAsync(10)
  }
  // The first is told at once.
  expect(told).toBe(1 + 10_000 / 250)
})

test('a delay is made up for: what is measured once a second comes again as soon as before', async () => {
  const reader = newest.watch(null, 1_000)
  /** How long after the second it is told, where it is measured so late. */
  const toldAfter = async (lateMs: number) => {
    const began = performance.now()
    vi.advanceTimersByTime(lateMs)
    say({ a: lateMs })
    const list = reader.next()
    await vi.advanceTimersToNextTimerAsync()
    await list
    const passed = performance.now() - began
    vi.advanceTimersByTime(1_000 - passed)
    return passed
  }
  expect(await toldAfter(0)).toBe(25)
  expect(await toldAfter(90)).toBe(115)
  expect(await toldAfter(0)).toBe(25)
  expect(await toldAfter(250)).toBe(275)
  expect([await toldAfter(0), await toldAfter(0), await toldAfter(0)]).toEqual([175, 75, 25])
})

test('who asks for the same gets the very same list, and who asks for other GPUs those alone', async () => {
  const [one, same] = [newest.watch(['b', 'a'], 250), newest.watch(['a', 'b', 'a'], 250)]
  const other = newest.watch(['c'], 250)
  say({ a: 1, b: 2, c: 3, d: 4 })
  vi.advanceTimersByTime(25)
  const list = await one.next()
  expect(await same.next()).toBe(list)
  expect(list).toEqual([
    { gpuId: 'a', value: 1 },
    { gpuId: 'b', value: 2 },
  ])
  expect(await next(other)).toEqual({ c: 3 })
})

test('a slow reader gets the newest of every GPU that has changed since, and never a queue', async () => {
  const [quick, slow] = [newest.watch(null, 250), newest.watch(null, 250)]
  const turns = [{ a: 1, b: 1 }, { a: 2 }, { c: 3 }, { a: 4 }]
  for (const turn of turns) {
    say(turn)
    vi.advanceTimersByTime(250)
    expect(await next(quick)).toEqual(turn)
  }
  expect(await next(slow)).toEqual({ b: 1, c: 3, a: 4 })
  say({ a: 5 })
  vi.advanceTimersByTime(250)
  const list = await slow.next()
  expect(list).toEqual([{ gpuId: 'a', value: 5 }])
  // From now on it keeps up, and shares again.
  expect(await quick.next()).toBe(list)
})

test('a reader that is stopped while it waits is let go at once, and nothing is heard once nobody reads', async () => {
  const [one, two] = [newest.watch(null, 1_000), newest.watch(['a'], 1_000)]
  const waiting = one.next()
  one.stop()
  expect(await waiting).toBeUndefined()
  expect(hear).toBeDefined()
  two.stop()
  two.stop()
  expect(hear).toBeUndefined()
  expect(await two.next()).toBeUndefined()
  const later = newest.watch(['a'], 1_000)
  say({ a: 1 })
  vi.advanceTimersByTime(25)
  expect(await next(later)).toEqual({ a: 1 })
})

test('GPUs without end, as a worker might invent them, do not fill the memory', async () => {
  const reader = newest.watch(null, 250)
  for (let i = 0; i < 30_000; i++) say({ [`gpu-${i}`]: i })
  vi.advanceTimersByTime(25)
  const list = await reader.next()
  expect(list).toHaveLength(20_000)
  expect(list?.at(-1)).toEqual({ gpuId: 'gpu-29999', value: 29_999 })
})
