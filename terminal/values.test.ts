import { expect, test } from 'vitest'
import { instant, megabytes, pairs, seconds, wholeNumber } from './values.ts'

test.each([
  ['90', 90],
  ['90s', 90],
  ['1h30m', 5_400],
  ['2d', 172_800],
  ['10:30', 630],
  ['01:30:00', 5_400],
  ['1-12:00', 129_600],
  ['1-12:00:05', 129_605],
])('the time %s is %d seconds', (text, expected) => expect(seconds('--time', text)).toBe(expected))

test.each(['', '1x', 'h', '-5s', '1:2:3:4'])('%j is no time', (text) => {
  expect(() => seconds('--time', text)).toThrow('--time must be a time')
})

test.each([
  ['512', 512],
  ['512M', 512],
  ['40G', 40_960],
  ['40GiB', 40_960],
  ['1.5t', 1_572_864],
])('the size %s is %d MiB', (text, expected) => expect(megabytes('--memory', text)).toBe(expected))

test('an instant is said outright, or from now on', () => {
  const now = Date.parse('2026-01-31T12:00:00Z')
  expect(instant('--begin', '+30m', now)).toBe('2026-01-31T12:30:00.000Z')
  expect(instant('--from', '-1d', now)).toBe('2026-01-30T12:00:00.000Z')
  expect(instant('--from', '2026-01-01T00:00:00Z', now)).toBe('2026-01-01T00:00:00.000Z')
  expect(() => instant('--from', 'tomorrow', now)).toThrow('--from must be a time')
})

test('numbers keep within their bounds, and pairs have a name', () => {
  expect(wholeNumber('--priority', '-5', -10, 10)).toBe(-5)
  expect(() => wholeNumber('--priority', '11', -10, 10)).toThrow('from -10 to 10')
  expect(() => wholeNumber('--gpus', '1.5')).toThrow('from 0 on')
  expect(pairs('--env', ['A=1=2', 'B='])).toEqual({ A: '1=2', B: '' })
  expect(() => pairs('--env', ['=1'])).toThrow('NAME=VALUE')
})
