import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startQueueTeller } from './queue-moved.ts'

let said: string[] = []
let teller: ReturnType<typeof startQueueTeller>

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
  said = []
  teller = startQueueTeller({ publish: (subject) => void said.push(subject) })
})
afterEach(() => {
  teller.stop()
  vi.useRealTimers()
})

test('that the queue has moved is said at once, and then once a second however often it moves', () => {
  teller.moved()
  vi.advanceTimersByTime(0)
  expect(said).toEqual(['queue.moved'])
  for (let i = 0; i < 30; i++) {
    teller.moved()
    vi.advanceTimersByTime(100)
  }
  expect(said).toHaveLength(4)
})

test('the last move is not left unsaid', () => {
  teller.moved()
  vi.advanceTimersByTime(10)
  teller.moved()
  vi.advanceTimersByTime(980)
  expect(said).toHaveLength(1)
  vi.advanceTimersByTime(20)
  expect(said).toHaveLength(2)
})

test('it is said once more when whoever asks is sure to be shown what came of the move', () => {
  teller.moved()
  vi.advanceTimersByTime(2_499)
  expect(said).toHaveLength(1)
  vi.advanceTimersByTime(1)
  expect(said).toHaveLength(2)
  vi.advanceTimersByTime(9_999)
  expect(said).toHaveLength(2)
})

test('it is said every ten seconds where nothing moves, and not once it is stopped', () => {
  vi.advanceTimersByTime(30_000)
  expect(said).toHaveLength(3)
  teller.stop()
  teller.moved()
  vi.advanceTimersByTime(30_000)
  expect(said).toHaveLength(3)
})
