import { describe, expect, it } from 'vitest'
import { keyOf, nextKeys } from './key-sequence.ts'

const BOUND = ['g j', 'g g', 'j', 'Mod+k']

describe('nextKeys', () => {
  it('is done at once with a key that stands alone', () => {
    expect(nextKeys('', 'j', BOUND)).toEqual({ keys: 'j', done: true })
  })

  it('waits for the second key of two', () => {
    expect(nextKeys('', 'g', BOUND)).toEqual({ keys: 'g', done: false })
    expect(nextKeys('g', 'j', BOUND)).toEqual({ keys: 'g j', done: true })
    expect(nextKeys('g', 'g', BOUND)).toEqual({ keys: 'g g', done: true })
  })

  it('begins anew where the second key belongs to no first', () => {
    expect(nextKeys('g', 'Mod+k', BOUND)).toEqual({ keys: 'Mod+k', done: true })
    expect(nextKeys('g', 'x', BOUND)).toEqual({ keys: '', done: false })
  })
})

describe('keyOf', () => {
  const press = { key: 'k', ctrlKey: false, metaKey: false, altKey: false, isComposing: false }

  it('names Control and Command alike', () => {
    expect(keyOf({ ...press, ctrlKey: true })).toBe('Mod+k')
    expect(keyOf({ ...press, metaKey: true, key: 'K' })).toBe('Mod+k')
  })

  it('takes a letter as it was written', () => {
    expect(keyOf({ ...press, key: 'G' })).toBe('G')
    expect(keyOf({ ...press, key: '?' })).toBe('?')
  })

  it('lets half keys and the writing of letters pass', () => {
    expect(keyOf({ ...press, key: 'Shift' })).toBeUndefined()
    expect(keyOf({ ...press, altKey: true })).toBeUndefined()
    expect(keyOf({ ...press, isComposing: true })).toBeUndefined()
  })
})
