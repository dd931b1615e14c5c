import { expect, it } from 'vitest'
import { rangeBefore } from './range.ts'

it('begins so long before the present hour', () => {
  const now = Date.parse('2026-03-10T12:34:56.789Z')
  expect(rangeBefore(now, 'day')).toEqual({ from: '2026-03-09T12:00:00.000Z' })
  expect(rangeBefore(now, 'week')).toEqual({ from: '2026-03-03T12:00:00.000Z' })
  expect(rangeBefore(now, 'all')).toBeNull()
})
