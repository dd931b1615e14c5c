import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { coalesce } from './coalesce.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a result that comes alone is handed on at once', () => {
  const handed: number[][] = []
  const { next } = coalesce<number>((results) => handed.push([...results]))
  next(1)
  expect(handed).toEqual([[1]])
  vi.advanceTimersByTime(1_000)
  next(2)
  expect(handed).toEqual([[1], [2]])
})

test('those that follow are handed on together, in their order, and no result is lost', () => {
  const handed: number[][] = []
  const { next } = coalesce<number>((results) => handed.push([...results]))
  for (const each of [1, 2, 3]) next(each)
  expect(handed).toEqual([[1]])
  vi.advanceTimersByTime(16)
  expect(handed).toEqual([[1], [2, 3]])
  next(4)
  vi.advanceTimersByTime(16)
  expect(handed).toEqual([[1], [2, 3], [4]])
})

test('what takes long to hand on is done less often', () => {
  const handed: number[][] = []
  const { next } = coalesce<number>((results) => {
    handed.push([...results])
    vi.setSystemTime(Date.now() + 10)
    vi.advanceTimersByTime(10)
  })
  next(1)
  next(2)
  vi.advanceTimersByTime(30)
  expect(handed).toEqual([[1]])
  vi.advanceTimersByTime(10)
  expect(handed).toEqual([[1], [2]])
})

test('after its end nothing is handed on', () => {
  const handed: number[][] = []
  const { next, stop } = coalesce<number>((results) => handed.push([...results]))
  next(1)
  next(2)
  stop()
  vi.advanceTimersByTime(1_000)
  expect(handed).toEqual([[1]])
})

test('what is in no hurry waits for as long as it may, and goes with what is in a hurry', () => {
  const handed: number[][] = []
  const { next } = coalesce<number>((results) => handed.push([...results]))
  next(1, 100)
  next(2, 100)
  vi.advanceTimersByTime(99)
  expect(handed).toEqual([])
  vi.advanceTimersByTime(1)
  expect(handed).toEqual([[1, 2]])
  vi.advanceTimersByTime(100)
  next(3, 100)
  next(4)
  expect(handed).toEqual([
    [1, 2],
    [3, 4],
  ])
})
