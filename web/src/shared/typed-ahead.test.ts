import { beforeEach, expect, test, vi } from 'vitest'
import { createTypedAhead } from './typed-ahead.ts'

/** Without a page: who listens for keys, and what a key comes to. */
let listeners: Set<(event: KeyboardEvent) => void>
beforeEach(() => {
  listeners = new Set()
  vi.stubGlobal('addEventListener', (_: string, listener: () => void) => listeners.add(listener))
  vi.stubGlobal('removeEventListener', (_: string, listener: () => void) => listeners.delete(listener))
  vi.useFakeTimers()
  return () => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  }
})

/** Returns the keys that were left to the page. */
function press(...keys: string[]): string[] {
  return keys.filter((key) => {
    let isLeft = true
    const keep = () => (isLeft = false)
    const event = { key, preventDefault: keep, stopImmediatePropagation: keep } as unknown as KeyboardEvent
    for (const listener of [...listeners]) listener(event)
    return isLeft
  })
}

test('what is typed until the field takes it is the field’s, and is told once', () => {
  const { begin, take } = createTypedAhead()
  begin()
  expect(press('n', 'e', 'x', 'Backspace', 'ArrowDown', 'e')).toEqual(['ArrowDown'])
  expect(take()).toBe('nee')
  expect(press('d')).toEqual(['d'])
  expect(take()).toBe('')
})

test('of a field that does not come keys are free again after a time, and what was typed is kept for it', () => {
  const { begin, take } = createTypedAhead()
  begin()
  press('a')
  vi.advanceTimersByTime(5_000)
  expect(press('b')).toEqual(['b'])
  expect(take()).toBe('a')
})

test('Escape gives up what was typed, and so does a new beginning', () => {
  const { begin, take } = createTypedAhead()
  begin()
  press('a', 'Escape')
  expect(press('b')).toEqual(['b'])
  begin()
  press('c')
  begin()
  press('d')
  expect(take()).toBe('d')
})
