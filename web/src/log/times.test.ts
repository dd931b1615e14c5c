import { expect, it } from 'vitest'
import { sayTime, TIME_COLUMNS } from './times.ts'

it('says how long after the beginning a line was written', () => {
  const said = (ms: number) => sayTime('relative', 1_000_000 + ms, 1_000_000)
  expect([0, 1234, 62_345, 3_599_999, 45_296_789].map(said)).toEqual([
    '+0.000',
    '+1.234',
    '+1:02.345',
    '+59:59.999',
    '+12:34:56',
  ])
  expect(said(-5)).toBe('+0.000')
})

it('says the time of day to the millisecond', () => {
  const at = new Date(2026, 10, 25, 7, 5, 9, 42).getTime()
  expect(sayTime('exact', at, 0)).toBe('07:05:09.042')
})

it('says nothing where nothing was written, or where nothing is to be said', () => {
  expect([sayTime('off', 1000, 0), sayTime('exact', 0, 0)]).toEqual(['', ''])
})

it('fits its column', () => {
  expect(sayTime('relative', 999 * 3_600_000, 1).length).toBeLessThanOrEqual(TIME_COLUMNS.relative)
  expect(sayTime('exact', Date.now(), 0).length).toBeLessThanOrEqual(TIME_COLUMNS.exact)
})
