import { expect, it } from 'vitest'
import { actionOf } from './shortcuts.ts'

const pressed = (key: string, held = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...held })

it('has a key for each action', () => {
  expect(['j', 'k', 'x', 'X', '/', 'Escape', 'q'].map((key) => actionOf(pressed(key), false))).toEqual([
    'next',
    'previous',
    'choose',
    'reach',
    'search',
    'clear',
    undefined,
  ])
})

it('leaves keys to who is typing, and to the browser', () => {
  expect(actionOf(pressed('j'), true)).toBeUndefined()
  expect(actionOf(pressed('k', { ctrlKey: true }), false)).toBeUndefined()
})
