import { expect, test } from 'vitest'
import { lineTyped } from './line-typed.ts'

test('a number is the line of a log, with a colon or the word before it too', () => {
  expect(['120', ' :120', 'Line 120', 'line120'].map(lineTyped)).toEqual([120, 120, 120, 120])
})

test('what may as well be a name or an id is no line', () => {
  for (const text of ['', '0', '-3', '1.5', 'gpu 1', '0199a1b2', 'line', '12345678901']) {
    expect(lineTyped(text), text).toBeUndefined()
  }
})
