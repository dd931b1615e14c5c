import { GraphQLError } from 'graphql'
import { expect, it } from 'vitest'
import { amountOf, mainCurrency, sayCosts, sayRound, sayShare, sayWait, unitFor, unitSize } from './measures.ts'
import { readPrice } from './price-input.ts'
import { problemsOf } from './problems.ts'
import { changeOf } from './report.ts'

const cost = [
  { amount: '1.5000000000', currency: 'EUR' },
  { amount: '20', currency: 'USD' },
]
const usage = { gpuSeconds: 7200, runs: 3, provisional: false, wastedGpuSeconds: null, cost }

it('draws the money of the currency of which there is most', () => {
  expect(mainCurrency(cost)).toBe('USD')
  expect(mainCurrency([])).toBeUndefined()
  expect(['EUR', 'USD', 'CHF'].map((each) => amountOf(usage, 'cost', each))).toEqual([1.5, 20, 0])
  expect(sayCosts(cost)).toBe('€1.50 + $20.00')
  expect(sayCosts([])).toBeUndefined()
})

it('says GPU time in hours, unless there is less than one', () => {
  expect([3599, 3600].map(unitFor)).toEqual(['seconds', 'hours'])
  expect([unitSize('time', 'hours'), unitSize('wasted', 'seconds'), unitSize('runs', 'hours')]).toEqual([3600, 1, 1])
  expect(amountOf(usage, 'wasted', undefined)).toBe(0)
})

it('keeps cents off an axis of larger sums', () => {
  expect([sayRound(20_000, 'cost', 'hours', 'EUR'), sayRound(0.5, 'cost', 'hours', 'EUR')]).toEqual([
    '€20,000',
    '€0.50',
  ])
  expect(sayRound(30 * 3600, 'time', 'hours', undefined)).toBe('30')
})

it('says a wait as roughly as it matters', () => {
  expect(sayWait({ p50Seconds: 12.4, p95Seconds: 428 })).toBe('12 s / 7 min')
  expect(sayWait({ p50Seconds: 3600, p95Seconds: 9000 })).toBe('1 h / 2.5 h')
  expect(sayWait(null)).toBeUndefined()
})

it('says no share and no change of nothing', () => {
  expect([sayShare(1, 4), sayShare(0, 0), sayShare(null, 3)]).toEqual(['25 %', undefined, undefined])
  expect([changeOf(3, 2), changeOf(3, 0), changeOf(3, undefined)]).toEqual([0.5, undefined, undefined])
})

it('a price is sent as the schema wants it, or what is wrong is said at its field', () => {
  const typed = { model: ' * ', perGpuHour: '2,5', currency: 'eur', validFrom: '2026-01-01T10:00' }
  expect(readPrice(typed)).toEqual({
    input: {
      model: '*',
      perGpuHour: '2.5',
      currency: 'EUR',
      validFrom: new Date('2026-01-01T10:00').toISOString(),
    },
  })
  const wrong = readPrice({ model: '', perGpuHour: '-1', currency: '€', validFrom: '' })
  expect('problems' in wrong && Object.keys(wrong.problems)).toEqual(['model', 'perGpuHour', 'currency', 'validFrom'])
})

it('problems that the server tells land on their fields', () => {
  const told = { problems: [{ path: 'input.validFrom', message: 'is closed' }] }
  const error = (extensions: Record<string, unknown>) => ({ graphQLErrors: [new GraphQLError('x', { extensions })] })
  expect(problemsOf(error(told))).toEqual({ validFrom: 'is closed' })
  expect(problemsOf(error({}))).toEqual({})
})
