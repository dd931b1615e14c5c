import { expect, test } from 'vitest'
import { goodForMs } from './good-for.ts'

test('what was read of the ledger is good until it changes, and longer where reading it took long', () => {
  const usual = { usualMs: 500, tookMs: 10, hasChanged: false }
  expect(goodForMs(usual)).toBe(500)
  expect(goodForMs({ ...usual, hasChanged: true })).toBe(20)
  expect(goodForMs({ ...usual, tookMs: 900 })).toBe(1_800)
  expect(goodForMs({ ...usual, tookMs: 900, hasChanged: true })).toBe(1_800)
  expect(goodForMs({ ...usual, tookMs: 60_000 })).toBe(4_000)
  // Where each question is to read anew, it does.
  expect(goodForMs({ usualMs: 0, tookMs: 900, hasChanged: false })).toBe(0)
})
