import { expect, it } from 'vitest'
import { SHORTCUTS } from './shortcuts.ts'

it('has no key that stands for two things, and says what each does', () => {
  const keys = SHORTCUTS.flatMap((shortcut) => [...shortcut.keys])
  expect(new Set(keys).size).toBe(keys.length)
  for (const { text } of SHORTCUTS) expect(text).toMatch(/^[A-Z].+[^.]$/)
})
