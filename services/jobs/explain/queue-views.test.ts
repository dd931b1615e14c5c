import { expect, test, vi } from 'vitest'
import type { Kind } from '../sql/queue-lanes.ts'
import type { QueueView } from './queue-view.ts'
import { createViews } from './queue-views.ts'

/** Views that come when they are told to; the first of them is number 1. */
function views() {
  const waiting: { kind: Kind; come(): void; fail(): void }[] = []
  const made = createViews(
    (kind) =>
      new Promise<QueueView>((resolve, reject) => {
        const view: QueueView = {
          machines: [],
          lanes: [],
          shares: new Map(),
          reservations: new Map(),
          durations: { ofLane: new Map(), ofAccount: new Map() },
          positions: new Map(),
          starts: new Map(),
          cut: false,
        }
        waiting.push({ kind, come: () => resolve(view), fail: () => reject(new Error('no database')) })
      }),
  )
  return { ...made, waiting }
}

test('all who ask while a view is made get that one, and those who need a later one share the next', async () => {
  const { recent, fresh, waiting } = views()
  const [one, two] = [recent('gpus'), recent('gpus')]
  const [three, four] = [fresh('gpus'), fresh('gpus')]
  expect(waiting).toHaveLength(1)
  waiting[0]?.come()
  expect(await one).toBe(await two)
  await vi.waitUntil(() => waiting.length === 2)
  waiting[1]?.come()
  expect(await three).toBe(await four)
  expect(await three).not.toBe(await one)
  expect(waiting).toHaveLength(2)
})

test('each who asks for a fresh view, one after the other, gets one that was read since', async () => {
  const { fresh, waiting } = views()
  const seen = new Set<QueueView>()
  for (let i = 0; i < 3; i++) {
    const view = fresh('gpus')
    await vi.waitUntil(() => waiting.length === i + 1)
    waiting[i]?.come()
    seen.add(await view)
  }
  expect(seen.size).toBe(3)
})

test('a view is shown for as long as the time that it took to make allows', async () => {
  const { recent, waiting } = views()
  const now = vi.spyOn(performance, 'now')
  now.mockReturnValue(0)
  const first = recent('slots')
  now.mockReturnValue(100)
  waiting[0]?.come()
  await first
  now.mockReturnValue(1_099)
  expect(await recent('slots')).toBe(await first)
  expect(waiting).toHaveLength(1)
  now.mockReturnValue(1_101)
  const second = recent('slots')
  expect(waiting).toHaveLength(2)
  waiting[1]?.come()
  expect(await second).not.toBe(await first)
  now.mockRestore()
})

test('a view that cannot be made is no view for others, and each kind has its own', async () => {
  const { recent, fresh, waiting } = views()
  const failing = recent('gpus')
  const next = fresh('gpus')
  const other = recent('slots')
  expect(waiting.map(({ kind }) => kind)).toEqual(['gpus', 'slots'])
  waiting[0]?.fail()
  waiting[1]?.come()
  await expect(failing).rejects.toThrow('no database')
  await vi.waitUntil(() => waiting.length === 3)
  waiting[2]?.come()
  expect(await next).not.toBe(await other)
})
