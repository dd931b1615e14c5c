import { expect, it } from 'vitest'
import { type Link, type LinkEvent, nextLink, retryDelay } from './link.ts'

const after = (...events: LinkEvent[]) => events.reduce<Link>(nextLink, 'connecting')

it('is live once connected', () => {
  expect(after('connected')).toBe('live')
})

it('polls when the connection closes, fails, or takes too long', () => {
  expect(after('connected', 'closed')).toBe('polling')
  expect(after('failed')).toBe('polling')
  expect(after('late')).toBe('polling')
})

it('is live again after any of that', () => {
  expect(after('late', 'connected')).toBe('live')
  expect(after('failed', 'closed', 'failed', 'connected')).toBe('live')
})

it('does not mind a first connection that was quick', () => {
  expect(after('connected', 'late')).toBe('live')
})

it('waits longer from try to try, and never more than 5 s', () => {
  const delays = [0, 1, 2, 3, 10, 1000].map((retries) => retryDelay(retries, 1))
  expect(delays).toEqual([250, 500, 1000, 2000, 5000, 5000])
  expect(retryDelay(3, 0)).toBe(1500)
})
