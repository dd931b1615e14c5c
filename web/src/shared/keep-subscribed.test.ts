import type { FormattedExecutionResult } from 'graphql'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { keepSubscribed } from './keep-subscribed.ts'
import type { Socket } from './socket.ts'

type OpenSink = Parameters<Socket['subscribe']>[1]

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A socket whose subscriptions the test ends as it likes. */
function scripted() {
  const sinks: OpenSink[] = []
  const results: FormattedExecutionResult[] = []
  const stops: number[] = []
  const reopened = vi.fn()
  const subscribe: Socket['subscribe'] = (_, sink) => {
    const index = sinks.push(sink) - 1
    return () => stops.push(index)
  }
  const stop = keepSubscribed<Record<string, unknown>>(
    { subscribe },
    { query: '{ a }' },
    { next: (result) => results.push(result) },
    reopened,
  )
  return { sinks, results, stops, stop, reopened }
}

it('opens again after an end that nobody asked for, and says so', () => {
  const { sinks, reopened } = scripted()
  sinks[0]?.complete()
  expect(sinks).toHaveLength(1)
  expect(reopened).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1000)
  expect(sinks).toHaveLength(2)
  expect(reopened).toHaveBeenCalledOnce()
})

it('waits twice as long after each failure, and starts over after data', () => {
  const { sinks } = scripted()
  sinks[0]?.error(new Error('gone'))
  vi.advanceTimersByTime(1000)
  sinks[1]?.error(new Error('gone'))
  vi.advanceTimersByTime(1999)
  expect(sinks).toHaveLength(2)
  vi.advanceTimersByTime(1)
  expect(sinks).toHaveLength(3)
  sinks[2]?.next({ data: { a: 1 } })
  sinks[2]?.complete()
  vi.advanceTimersByTime(1000)
  expect(sinks).toHaveLength(4)
})

it('hands on the errors of a refused operation as a result', () => {
  const { sinks, results } = scripted()
  sinks[0]?.error([{ message: 'Not yours.' }])
  expect(results).toEqual([{ data: null, errors: [{ message: 'Not yours.' }] }])
})

it('stays ended once it was stopped, also while it waits', () => {
  const { sinks, stops, stop } = scripted()
  sinks[0]?.complete()
  stop()
  vi.advanceTimersByTime(60_000)
  sinks[0]?.complete()
  vi.advanceTimersByTime(60_000)
  expect(sinks).toHaveLength(1)
  expect(stops).toEqual([0])
})
