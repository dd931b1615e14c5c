import { expect, test } from 'vitest'
import { inBatches } from './batch.ts'

class Refusal extends Error {}
const isRefusal = (error: unknown) => error instanceof Refusal

/** A server that answers when it is told to. */
function startServer(most = 1_000, answer = (item: number) => item * 10) {
  const batches: { items: readonly number[]; answer(): void; fail(error: Error): void }[] = []
  let inFlight = 0
  let mostInFlight = 0
  const send = inBatches(
    async (items: readonly number[]) => {
      inFlight += 1
      mostInFlight = Math.max(mostInFlight, inFlight)
      const { promise, resolve, reject } = Promise.withResolvers<number[]>()
      batches.push({ items, answer: () => resolve(items.map(answer)), fail: reject })
      return promise.finally(() => {
        inFlight -= 1
      })
    },
    isRefusal,
    most,
  )
  const batch = async (number: number) => {
    while (!batches[number]) await new Promise((resolve) => setImmediate(resolve))
    return batches[number]
  }
  return { send, batches, batch, mostInFlight: () => mostInFlight }
}

test('one goes at once, what comes meanwhile goes with the next, and each has its own answer', async () => {
  const { send, batches, batch, mostInFlight } = startServer()
  const first = send(1)
  expect((await batch(0)).items).toEqual([1])
  const others = [2, 3, 4].map(send)
  expect(batches).toHaveLength(1)
  batches[0]?.answer()
  expect(await first).toBe(10)
  const second = await batch(1)
  expect(second.items).toEqual([2, 3, 4])
  second.answer()
  expect(await Promise.all(others)).toEqual([20, 30, 40])
  expect(mostInFlight()).toBe(1)
})

test('a batch holds no more than it may', async () => {
  const { send, batch } = startServer(2)
  const all = Promise.all([1, 2, 3].map(send))
  ;(await batch(0)).answer()
  expect((await batch(1)).items).toEqual([3])
  ;(await batch(1)).answer()
  expect(await all).toEqual([10, 20, 30])
})

test('one that is refused does not keep the others from being heard', async () => {
  const { send, batch } = startServer()
  const all = Promise.allSettled([1, 2, 3].map(send))
  ;(await batch(0)).fail(new Refusal())
  ;(await batch(1)).answer()
  ;(await batch(2)).fail(new Refusal('not the second'))
  ;(await batch(3)).answer()
  expect(await all).toEqual([
    { status: 'fulfilled', value: 10 },
    { status: 'rejected', reason: new Refusal('not the second') },
    { status: 'fulfilled', value: 30 },
  ])
})

test('a failure that is no refusal is everybody’s, and what comes later is sent', async () => {
  const { send, batch } = startServer()
  const all = Promise.allSettled([1, 2].map(send))
  ;(await batch(0)).fail(new Error('stopped'))
  expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const later = send(3)
  ;(await batch(1)).answer()
  expect(await later).toBe(30)
})
