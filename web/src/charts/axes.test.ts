import { describe, expect, it } from 'vitest'
import { rangeFromAddress, timeFormat } from './range.ts'
import { pollRun, runSpan } from './run-span.ts'
import { niceTop } from './scale.ts'

it('ends an axis at a number that reads well', () => {
  expect([0, 0.7, 95, 100, 262, 405, 700, 950].map(niceTop)).toEqual([1, 0.8, 100, 100, 300, 500, 800, 1000])
})

it('shows the last hour where the address names no range', () => {
  expect([rangeFromAddress('week'), rangeFromAddress('year'), rangeFromAddress(undefined)]).toEqual([
    'week',
    'hour',
    'hour',
  ])
})

it('writes times as finely as the span needs', () => {
  const at = new Date(2026, 2, 4, 15, 30, 5)
  expect([60, 3600, 86_400, 604_800].map((span) => timeFormat(span).format(at))).toEqual([
    '15:30:05',
    '15:30',
    '15:30',
    'Wed 4',
  ])
})

describe('the time of a run', () => {
  const START = '2026-01-01T00:00:00.000Z'
  const start = Date.parse(START) / 1000

  it('is from its start to its end, or until now', () => {
    expect(runSpan(START, '2026-01-01T01:00:00.000Z', 0)).toEqual({ from: start, to: start + 3600 })
    expect(runSpan(START, null, (start + 60) * 1000)).toEqual({ from: start, to: start + 60 })
  })

  it('is ten seconds at the least', () => {
    expect(runSpan(START, START, 0)).toEqual({ from: start, to: start + 10 })
  })

  it('is asked for while it lives and for a minute after, and then no more', () => {
    expect(pollRun(null, 0)).toBe(15_000)
    expect(pollRun(START, (start + 59) * 1000)).toBe(5_000)
    expect(pollRun(START, (start + 61) * 1000)).toBeUndefined()
  })
})
