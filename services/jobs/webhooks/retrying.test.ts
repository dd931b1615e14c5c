import { expect, test } from 'vitest'
import { afterFailure } from './retrying.ts'

const failed = { status: 500, error: 'It answered 500.', attempts: 1, ageSeconds: 0, failures: 1, failingSeconds: 0 }

test('pauses grow from 5 seconds to an hour', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 50].map((attempts) => afterFailure({ ...failed, attempts }, 0).retryInSeconds)
  expect(pauses).toEqual([5, 15, 45, 135, 405, 1215, 3600, 3600, 3600])
})

test('messages that failed together come again a little apart', () => {
  expect(afterFailure(failed, 1).retryInSeconds).toBe(6)
})

test('a message is given up after a day, and a webhook only when none of its messages came through for one', () => {
  const old = { ...failed, attempts: 30, ageSeconds: 86_400 }
  expect(afterFailure(old, 0)).toEqual({ retryInSeconds: null, whyDisabled: null })
  expect(afterFailure({ ...old, failures: 31, failingSeconds: 86_400 }, 0)).toEqual({
    retryInSeconds: null,
    whyDisabled: 'For a day no attempt succeeded, 31 in all. The last one: It answered 500.',
  })
})

test('a receiver that is gone is asked no more', () => {
  const { retryInSeconds, whyDisabled } = afterFailure({ ...failed, status: 410 }, 0)
  expect([retryInSeconds, whyDisabled]).toEqual([null, 'The receiver answered 410 Gone.'])
})
