import { describe, expect, test } from 'vitest'
import { instantOf, offsetsOf } from './time-zone.ts'

const utc = (text: string) => Date.parse(`${text}Z`)
const year = (zone: string) => offsetsOf(zone, utc('2026-01-01T00:00:00'), utc('2027-01-01T00:00:00'))

describe('a time zone', () => {
  test.each([
    ['UTC', [['2026-01-01T00:00', 0]]],
    ['Asia/Kolkata', [['2026-01-01T00:00', 330]]],
    [
      'Europe/Berlin',
      [
        ['2026-01-01T00:00', 60],
        ['2026-03-29T01:00', 120],
        ['2026-10-25T01:00', 60],
      ],
    ],
    [
      'Australia/Lord_Howe',
      [
        ['2026-01-01T00:00', 660],
        ['2026-04-04T15:00', 630],
        ['2026-10-03T15:30', 660],
      ],
    ],
    [
      'America/New_York',
      [
        ['2026-01-01T00:00', -300],
        ['2026-03-08T07:00', -240],
        ['2026-11-01T06:00', -300],
      ],
    ],
  ])('%s has these offsets in 2026', (zone, expected) => {
    const steps = year(zone).map(({ from, minutes }) => [new Date(from).toISOString().slice(0, 16), minutes])
    expect(steps).toEqual(expected)
  })

  test('begins its days at the first of two midnights, and after a gap where there is none', () => {
    const berlin = year('Europe/Berlin')
    expect(instantOf(utc('2026-07-01T00:00:00'), berlin)).toBe(utc('2026-06-30T22:00:00'))
    expect(instantOf(utc('2026-10-25T02:00:00'), berlin)).toBe(utc('2026-10-25T00:00:00'))
    // Clocks go from 24:00 on the 28th of March to 1:00.
    const beirut = year('Asia/Beirut')
    expect(instantOf(utc('2026-03-29T00:00:00'), beirut)).toBe(utc('2026-03-28T22:00:00'))
  })

  test.each(['Nowhere/Land', '', 'x'.repeat(1000)])('%s is none', (zone) => {
    expect(() => year(zone)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
  })
})
