import { expect, test } from 'vitest'
import { endsBefore } from './log-follower.ts'

test.each([
  // A chunk that begins on line 2 and ends on line 4.
  [2, 'a\nb\nc', 0, false],
  [2, 'a\nb\nc', 2, false],
  [2, 'a\nb\nc', 4, false],
  [2, 'a\nb\nc', 5, true],
  // The newline that ends line 3 leaves line 4 to the next chunk.
  [2, 'a\nb\n', 3, false],
  [2, 'a\nb\n', 4, true],
  [2, '', 2, false],
  [2, '', 3, true],
])('a chunk from line %i on that says %j ends before line %i: %s', (firstLine, text, line, expected) => {
  expect(endsBefore({ firstLine, text }, line)).toBe(expected)
})
