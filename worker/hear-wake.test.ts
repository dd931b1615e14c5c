import { expect, test } from 'vitest'
import { isMeant } from './hear-wake.ts'

test('a wake-up for a share is heeded by that share, and any other by all', () => {
  expect(isMeant('{"share":0.25}', () => 0.2)).toBe(true)
  expect(isMeant('{"share":0.25}', () => 0.3)).toBe(false)
  for (const text of ['', 'now', '{"share":-1}', '{}']) expect(isMeant(text, () => 0.999)).toBe(true)
})
