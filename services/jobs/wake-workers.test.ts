import { wake } from '@constellation/platform/events/notices.ts'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { log } from './testing.ts'
import { FIRST, sizeOfWave, startWaking } from './wake-workers.ts'

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'performance'] }),
)
afterEach(() => void vi.useRealTimers())

/** How many workers each wake-up was for, of so many. */
async function woken(workers: number, isWaiting: () => boolean, work: (queueGrew: () => void) => Promise<void>) {
  const sizes: number[] = []
  const share = v.pipe(v.string(), v.parseJson(), wake)
  const waking = startWaking({
    nats: { publish: (_, text) => void sizes.push(text ? Math.round(v.parse(share, text).share * workers) : workers) },
    look: { workers: async () => workers, isWaiting: async () => isWaiting() },
    log,
  })
  await vi.advanceTimersByTimeAsync(0)
  await work(waking.queueGrew)
  waking.stop()
  return sizes
}

test('a few workers are all woken at once, each time', async () => {
  const sizes = await woken(
    3,
    () => true,
    async (queueGrew) => {
      queueGrew()
      queueGrew()
      await vi.advanceTimersByTimeAsync(1_000)
    },
  )
  expect(sizes).toEqual([3, 3])
})

test('of many a handful is woken, and more only for as long as something waits', async () => {
  const once = async (queueGrew: () => void) => {
    queueGrew()
    await vi.advanceTimersByTimeAsync(2_000)
  }
  expect(await woken(1_000, () => false, once)).toEqual([FIRST])
  expect(await woken(1_000, () => true, once)).toEqual([8, 32, 128, 512])
  expect(await woken(100, () => true, once)).toEqual([8, 32])
  let looks = 0
  expect(await woken(1_000, () => ++looks < 2, once)).toEqual([8, 32])
})

test('however fast jobs come and however long they wait, many workers are not woken more often than they look by themselves', async () => {
  const sizes = await woken(
    1_000,
    () => true,
    async (queueGrew) => {
      for (let i = 0; i < 1_000; i++) {
        queueGrew()
        await vi.advanceTimersByTimeAsync(10)
      }
    },
  )
  const first = sizes.filter((size) => size === FIRST)
  expect(first.length).toBeGreaterThan(300)
  expect(first.length).toBeLessThanOrEqual(501)
  const further = sizes.filter((size) => size > FIRST).reduce((sum, size) => sum + size, 0)
  // All once, and a fifth of them each second.
  expect(further).toBeLessThanOrEqual(1_000 + 10 * 200)
  expect(further).toBeGreaterThan(1_000)
})

test('a wave is four times the one before, and never for more than there are', () => {
  expect([0, 1, 2, 3, 4].map((wave) => sizeOfWave(wave, 300))).toEqual([8, 32, 128, 300, 300])
  expect(sizeOfWave(0, 16)).toBe(16)
})
