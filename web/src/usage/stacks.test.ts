import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MOST_LAYERS, stack, startsWithin } from './stacks.ts'

const HOUR_MS = 3_600_000

const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 20 })
const amounts = fc.array(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 20, maxLength: 20 }), {
  minLength: 1,
  maxLength: 10,
})

it('each bar’s layers add up to its part of time, however many keys there are, and whichever cells are known', () => {
  fc.assert(
    fc.property(keys, amounts, fc.integer({ min: MOST_LAYERS + 1, max: 20 }), (ranked, parts, known) => {
      const cells = parts.flatMap((row, start) => ranked.map((key, i) => ({ start, key, amount: row[i] ?? 0 })))
      const sums = parts.map((_, start) => ({
        start,
        amount: cells.filter((cell) => cell.start === start).reduce((sum, { amount }) => sum + amount, 0),
        provisional: start === parts.length - 1,
      }))
      const told = cells.filter(({ key }) => ranked.indexOf(key) < known)
      const { stacks } = stack([...parts.keys()], ranked, told, sums)
      expect(stacks.map(({ amount }) => amount)).toEqual(sums.map(({ amount }) => amount))
      for (const { layers, amount } of stacks) expect(layers.reduce((a, b) => a + b, 0)).toBe(amount)
      expect(stacks.filter(({ provisional }) => provisional)).toHaveLength(1)
    }),
  )
})

it('the largest few are layers of their own, and one more is, where it is all that is left', () => {
  const named = (count: number) => {
    const { keys, hasOthers } = stack([], [...'abcdefghij'].slice(0, count), [], [])
    return [keys.join(''), hasOthers]
  }
  expect(named(2)).toEqual(['ab', false])
  expect(named(MOST_LAYERS + 1)).toEqual(['abcdefg', false])
  expect(named(MOST_LAYERS + 2)).toEqual(['abcdef', true])
})

it('a part of time in which nothing was used has its place, up to now', () => {
  const from = Date.UTC(2026, 0, 1, 5)
  const starts = startsWithin({ from, to: from + 9 * HOUR_MS }, 'HOUR', [from + HOUR_MS], from + 3.5 * HOUR_MS)
  expect(starts).toEqual([0, 1, 2, 3].map((hours) => from + hours * HOUR_MS))
})

it('all time begins with the first that was found', () => {
  const first = new Date(2026, 1, 1).getTime()
  const now = new Date(2026, 3, 3).getTime()
  expect(startsWithin({ from: null, to: now + 1 }, 'MONTH', [first], now)).toHaveLength(3)
  expect(startsWithin({ from: null, to: now + 1 }, 'MONTH', [], now)).toHaveLength(1)
})
