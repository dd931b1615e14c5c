import { expect, it } from 'vitest'
import { nextMatch } from './next-match.ts'

const matches = [10, 20, 30].map((number) => ({ number, ranges: [] }))

it('goes from match to match, and around at either end', () => {
  expect([10, 20, 30].map((current) => nextMatch(matches, current, 0, 1))).toEqual([20, 30, 10])
  expect([10, 20, 30].map((current) => nextMatch(matches, current, 0, -1))).toEqual([30, 10, 20])
})

it('begins with what is visible', () => {
  expect([0, 10, 15, 31].map((visible) => nextMatch(matches, undefined, visible, 1))).toEqual([10, 10, 20, 10])
  expect([0, 15, 31].map((visible) => nextMatch(matches, undefined, visible, -1))).toEqual([30, 10, 30])
})

it('goes nowhere where nothing was found', () => {
  expect(nextMatch([], undefined, 5, 1)).toBeUndefined()
  expect(nextMatch([], undefined, 5, -1)).toBeUndefined()
})
