import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dateText, nextStart, parseDate, startOf } from './calendar.ts'
import { datedStretch, datesOf, grainsOf, PRESETS, presetStretch, stretchBefore } from './range.ts'

const HOUR_MS = 3_600_000

describe.for(['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata'])('in the zone %s', (zone) => {
  const before = process.env.TZ
  beforeEach(() => {
    process.env.TZ = zone
  })
  afterEach(() => {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  })
  /** Each thirteenth hour of more than a year: clocks change in it, twice. */
  const instants = Array.from({ length: 700 }, (_, i) => Date.UTC(2026, 0, 31) + i * 13 * HOUR_MS)

  it('every preset holds now, and begins and ends with a day of the reader, but for the last 24 hours', () => {
    for (const now of instants) {
      for (const preset of PRESETS) {
        const { from, to } = presetStretch(preset, now)
        expect(from ?? 0).toBeLessThanOrEqual(now)
        expect(to).toBeGreaterThan(now)
        if (preset === 'day') expect(to - (from ?? 0)).toBe(24 * HOUR_MS)
        else for (const end of [from ?? to, to]) expect(new Date(end).getHours()).toBe(0)
      }
    }
  })

  it('hours begin as the clocks of the reader strike, and follow one another', () => {
    for (const now of instants) {
      const { from, to } = presetStretch('day', now)
      const start = startOf(now + 1_234_567, 'HOUR')
      for (const hour of [from ?? 0, to, start, nextStart(start, 'HOUR')]) {
        expect([new Date(hour).getMinutes(), startOf(hour, 'HOUR')]).toEqual([0, hour])
      }
    }
  })

  it('days, weeks and months follow one another without a gap, whatever the clocks do', () => {
    for (const now of instants) {
      for (const grain of ['DAY', 'WEEK', 'MONTH'] as const) {
        const start = startOf(now, grain)
        const next = nextStart(start, grain)
        expect(start <= now && now < next).toBe(true)
        expect(startOf(next, grain)).toBe(next)
        expect(startOf(next - 1, grain)).toBe(start)
      }
    }
  })

  it('a date is read as it is written', () => {
    for (const now of instants) expect(dateText(parseDate(dateText(now)) ?? 0)).toBe(dateText(now))
  })

  it('days that were chosen are whole, the last one included', () => {
    const stretch = datedStretch('2026-03-28', '2026-03-30')
    expect(stretch && datesOf(stretch)).toEqual({ from: '2026-03-28', to: '2026-03-30' })
  })
})

it('what is no date, or ends before it begins, is no stretch of time', () => {
  expect(datedStretch('2026-02-30', '2026-03-01')).toBeUndefined()
  expect(datedStretch('2026-03-02', '2026-03-01')).toBeUndefined()
  expect(datedStretch('yesterday', '2026-03-01')).toBeUndefined()
  expect(datedStretch('2026-03-01', undefined)).toBeUndefined()
})

it('a stretch that goes on is compared with as much before it as has passed of it', () => {
  const now = Date.UTC(2026, 4, 10, 12, 30)
  const from = Date.UTC(2026, 4, 10)
  expect(stretchBefore({ from, to: from + 24 * HOUR_MS }, now)).toEqual({ from: from - 13 * HOUR_MS, to: from })
  expect(stretchBefore({ from: null, to: now }, now)).toBeUndefined()
  expect(stretchBefore({ from: now + 2 * HOUR_MS, to: now + 3 * HOUR_MS }, now)).toBeUndefined()
})

it('every length of time is cut into parts that can be told apart', () => {
  const usual = (days: number) => grainsOf({ from: 0, to: days * 24 * HOUR_MS }).usual
  expect([1, 2, 7, 30, 90, 150, 365].map(usual)).toEqual(['HOUR', 'HOUR', 'DAY', 'DAY', 'DAY', 'WEEK', 'MONTH'])
  expect(grainsOf({ from: null, to: 1 })).toEqual({ offered: ['MONTH'], usual: 'MONTH' })
  const sizes = { HOUR: 1, DAY: 24, WEEK: 168, MONTH: 672, TOTAL: Infinity }
  for (let days = 1; days < 2000; days++) {
    const { offered } = grainsOf({ from: 0, to: days * 24 * HOUR_MS })
    expect(offered.length).toBeGreaterThan(0)
    for (const grain of offered) expect((days * 24) / sizes[grain]).toBeLessThan(200)
  }
})
