import { expect, test } from 'vitest'
import { endOf, workerIdOf } from './token.ts'

const token = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`

test('the worker is named by the subject of its token', () => {
  expect(workerIdOf(token({ sub: 'gpu-host_7' }))).toBe('gpu-host_7')
})

test('a name that could be more than one token of a NATS subject is refused', () => {
  for (const sub of ['a.b', '*', '>', 'a b', '', 'x'.repeat(65), 7, undefined]) {
    expect(() => workerIdOf(token({ sub }))).toThrow('does not name a worker')
  }
})

test('what is no token is refused with a sentence', () => {
  for (const text of ['', 'abc', 'a.b.c', 'a.!!.c']) expect(() => workerIdOf(text)).toThrow('token')
})

test('the end of a token is what it says, and never where it says nothing', () => {
  expect(endOf(token({ exp: 1_800_000_000 }))).toBe(1_800_000_000_000)
  for (const text of [token({}), token({ exp: 'soon' }), 'abc', '']) expect(endOf(text)).toBe(Number.POSITIVE_INFINITY)
})
