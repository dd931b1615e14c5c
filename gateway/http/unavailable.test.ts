import { expect, test } from 'vitest'
import { isWhollyUnavailable } from './unavailable.ts'

const away = { message: 'away', extensions: { code: 'UNAVAILABLE' } }
const forbidden = { message: 'no', extensions: { code: 'FORBIDDEN' } }

test.each([
  ['nothing came', { data: { job: null, gpu: null }, errors: [away, away] }, true],
  ['null came over all', { data: null, errors: [away] }, true],
  ['it was not begun', { errors: [away] }, true],
  ['a part came', { data: { version: '1', gpu: null }, errors: [away] }, false],
  ['something else was wrong too', { data: { job: null, gpu: null }, errors: [away, forbidden] }, false],
  ['there is simply nothing', { data: { job: null } }, false],
])('when %s', (_what, answer, expected) => {
  expect(isWhollyUnavailable(answer)).toBe(expected)
})
