import { describe, expect, it, test } from 'vitest'
import { sayAgo, sayDuration, sayEnergy, sayGpuHours, sayGpuSeconds, sayIn, sayMemory, sayPower } from './amounts.ts'

describe('sayDuration', () => {
  it.each([
    [0, '0 s'],
    [3_240, '3 s'],
    [59_999, '59 s'],
    [60_000, '1 min 00 s'],
    [65_900, '1 min 05 s'],
    [3_600_000, '1 h 00 min'],
    [7_380_000, '2 h 03 min'],
    [273_600_000, '3 d 4 h'],
    [-5, '0 s'],
  ])('says %i ms while it ticks as %s', (ms, text) => {
    expect(sayDuration(ms)).toBe(text)
  })

  it.each([
    [0, '0.0 s'],
    [3_240, '3.2 s'],
    [59_940, '59.9 s'],
    [59_949, '59.9 s'],
    [59_999, '1 min 00 s'],
    [65_900, '1 min 05 s'],
  ])('says %i ms that are over as %s', (ms, text) => {
    expect(sayDuration(ms, true)).toBe(text)
  })
})

describe('sayAgo', () => {
  it.each([
    [-60_000, 'just now'],
    [4_999, 'just now'],
    [12_000, '12 s ago'],
    [185_000, '3 min ago'],
    [7_200_000, '2 h ago'],
    [432_000_000, '5 d ago'],
  ])('says %i ms as %s', (ms, text) => {
    expect(sayAgo(ms)).toBe(text)
  })
})

describe('sayIn', () => {
  it.each([
    [-60_000, 'any moment'],
    [4_000, 'any moment'],
    [11_500, 'in 12 s'],
    [185_000, 'in 3 min'],
    [3_590_000, 'in 1 h'],
    [7_200_000, 'in 2 h'],
    [432_000_000, 'in 5 d'],
  ])('says %i ms as %s', (ms, text) => {
    expect(sayIn(ms)).toBe(text)
  })
})

it('says GPU-seconds with a decimal only while they are few', () => {
  expect([0, 12.34, 999.94, 1234.5].map(sayGpuSeconds)).toEqual(['0.0', '12.3', '999.9', '1,235'])
})

it('says memory in the larger unit where there is enough of it', () => {
  expect([512, 1024, 23_034, 81_920].map(sayMemory)).toEqual(['512 MB', '1 GB', '22.5 GB', '80 GB'])
})

it('says much power in kilowatts', () => {
  expect([0, 840, 9_999, 10_000, 92_538].map(sayPower)).toEqual(['0 W', '840 W', '9,999 W', '10 kW', '92.5 kW'])
})

it('says energy in the unit that keeps its number short', () => {
  expect([0, 840, 12_500, 359_999, 1_440_000, 36_000_000, 6_478_416_000].map(sayEnergy)).toEqual([
    '0 J',
    '840 J',
    '12.5 kJ',
    '360 kJ',
    '0.4 kWh',
    '10 kWh',
    '1,800 kWh',
  ])
})

test('GPU-hours have as many decimals as say something', () => {
  expect([0, 0.0001, 0.0213, 4.5, 1_234.5].map(sayGpuHours)).toEqual(['0', '< 0.001', '0.021', '4.50', '1,235'])
})
