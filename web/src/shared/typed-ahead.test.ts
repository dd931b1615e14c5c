import { beforeEach, expect, test, vi } from 'vitest'
import { createTypedAhead } from './typed-ahead.ts'

/** The window, without a page. */
let target: EventTarget
beforeEach(() => {
  target = new EventTarget()
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target))
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target))
  vi.useFakeTimers()
  return () => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  }
})

/** Returns the keys that were left to the page. */
function press(...keys: string[]): string[] {
  return keys.filter((key) => target.dispatchEvent(Object.assign(new Event('keydown', { cancelable: true }), { key })))
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
