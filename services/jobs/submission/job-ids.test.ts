import { describe, expect, test } from 'vitest'
import { newJobIds } from './job-ids.ts'

describe('ids of jobs', () => {
  test('come in the order in which they were made, also within a millisecond and when the clock goes back', () => {
    const now = Date.now()
    const made = [now, now, now - 1_000, now + 1].flatMap((ms) => newJobIds(3_000, ms))
    expect(made).toEqual([...made].sort())
    expect(new Set(made).size).toBe(made.length)
  })

  test('tell their millisecond', () => {
    const future = Date.now() + 60_000
    const [id = ''] = newJobIds(1, future)
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(future)
  })
})
