import { expect, test } from 'vitest'
import { newTraceparent } from './trace-context.ts'

test('each request of the page begins a trace of its own', () => {
  const [one, other] = [newTraceparent(), newTraceparent()]
  expect(one).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  expect(one).not.toBe(other)
})
