import { expect, test } from 'vitest'
import { workerIdOf } from './token.ts'

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
