import { expect, test } from 'vitest'
import { isAcceptable } from './acceptable.ts'

const JSON_ONLY = ['application/json']

test.each([
  [undefined, true],
  ['', true],
  ['*/*', true],
  ['application/*', true],
  ['text/html, application/json;q=0.1', true],
  ['Application/JSON; charset=utf-8', true],
  ['what is this', true],
  ['text/html', false],
  ['text/*, image/png', false],
  ['application/json;q=0, */*', false],
  ['application/problem+json', false],
])('of an answer in JSON, Accept: %s → %s', (accept, expected) => {
  expect(isAcceptable(accept, JSON_ONLY)).toBe(expected)
})

test('one type of several will do', () => {
  expect(isAcceptable('text/plain', ['text/event-stream', 'text/plain'])).toBe(true)
})
