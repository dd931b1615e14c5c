import { expect, test } from 'vitest'
import { searchWords } from './search-text.ts'

const patterns = (text: string) => searchWords(text).map(({ pattern }) => pattern)

test('each word is looked for anywhere, and one of a letter or two where a word begins', () => {
  expect(patterns('Train  lr=0.1 x')).toEqual(['%train%', '% lr=0.1%', '% x%'])
})

test('what LIKE would take for a wildcard stands for itself', () => {
  expect(patterns('100% a_long\\one')).toEqual(['%100\\%%', '%a\\_long\\\\one%'])
})

test('words without a letter or a digit say nothing, nor does a ninth', () => {
  expect(patterns(' -- == ')).toEqual([])
  expect(patterns('one two three four five six seven eight nine')).toHaveLength(8)
})

test('the beginning of an id stands for all ids that begin so, with and without hyphens', () => {
  const ids = { least: '0199a1b2-0000-0000-0000-000000000000', greatest: '0199a1b2-ffff-ffff-ffff-ffffffffffff' }
  expect(searchWords('0199A1B2')).toEqual([{ pattern: '%0199a1b2%', ids }])
  const whole = '0199a1b2-0000-7000-8000-000000000001'
  expect(searchWords(whole)[0]?.ids).toEqual({ least: whole, greatest: whole })
  expect(searchWords('0199a1b')[0]?.ids).toBeNull()
  expect(searchWords('feedback')[0]?.ids).toBeNull()
})
