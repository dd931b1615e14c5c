import { expect, test } from 'vitest'
import { speakable } from './report.ts'

test('a reason that is too long is cut between characters, as half of one could not be stored', () => {
  const told = speakable(`${'x'.repeat(999)}😀 does not exist`)
  expect(told.isWellFormed()).toBe(true)
  expect(told).toBe(`${'x'.repeat(999)}\uFFFD`)
  expect(speakable('a\0b')).toBe('a\uFFFDb')
})
