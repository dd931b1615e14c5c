import { expect, it } from 'vitest'
import { compile, matchesOf, type Pattern } from './pattern.ts'

const find = (pattern: Partial<Pattern>, text: string) => {
  const compiled = compile({ text: '', isRegex: true, matchCase: false, ...pattern })
  return 'problem' in compiled ? compiled.problem : matchesOf(compiled.expression, text)
}

it('finds every place in a line', () => {
  expect(find({ text: 'lo+' }, 'loss low zoo looo')).toEqual([0, 2, 5, 7, 13, 17])
  expect(find({ text: 'lo+' }, 'nothing')).toBeUndefined()
})

it('heeds upper and lower case only where asked to', () => {
  expect(find({ text: 'ERROR' }, 'an error')).toEqual([3, 8])
  expect(find({ text: 'ERROR', matchCase: true }, 'an error')).toBeUndefined()
})

it('takes text as it is where it is no expression', () => {
  expect(find({ text: 'f(x) = [1.5]*', isRegex: false }, 'f(x) = [1.5]*')).toEqual([0, 13])
  expect(find({ text: '.', isRegex: false }, 'abc')).toBeUndefined()
  expect(find({ text: 'a-b/c', isRegex: false }, 'a-b/c')).toEqual([0, 5])
})

it('says what is wrong with an expression', () => {
  expect(find({ text: 'a(b' }, 'ab')).toBe('Unterminated group')
  expect(find({ text: '[z-a]' }, 'ab')).toMatch(/range out of order/i)
})

it('comes to an end with matches of nothing, and marks no more than can be told apart', () => {
  expect(find({ text: '^' }, 'abc')).toEqual([])
  expect(find({ text: 'x*' }, 'axb😀')).toEqual([1, 2])
  expect(find({ text: '.' }, 'x'.repeat(10_000))).toHaveLength(100)
})
