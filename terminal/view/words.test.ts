import { expect, test } from 'vitest'
import { money } from '../commands/usage.ts'
import { duration, endOf, gpusWord, shortener, stateWord, whyItWaits } from './words.ts'

const NOW = Date.parse('2026-01-31T12:00:00Z')

test.each([
  [0.9, '0s'],
  [200, '3m 20s'],
  [3_900, '1h 05m'],
  [183_600, '2d 03h'],
  [-5, '0s'],
])('%d seconds are %s', (seconds, expected) => expect(duration(seconds)).toBe(expected))

test.each([
  [1, '2026-01-31T12:10:00Z', '1st in line · All GPUs are in use · starts in about 10m 00s'],
  [12, null, '12th in line · All GPUs are in use'],
  [23, '2026-01-31T11:59:00Z', '23rd in line · All GPUs are in use · starts in a moment'],
  [10_000, null, '10000th or later in line · All GPUs are in use'],
  [null, null, 'All GPUs are in use'],
])('a job waits in place %s until %s', (position, eta, expected) => {
  expect(whyItWaits({ position, eta, message: 'All GPUs are in use.' }, NOW)).toBe(expected)
})

test('ids are shortened as far as they are told apart', () => {
  const ids = ['01a2152e-c4e4-7000-813b-7c4e84515846', '01a2152e-c4e4-7001-8d3b-7c4e84515846']
  expect(ids.map(shortener(ids))).toEqual(['01a2152e-c4e4-7000', '01a2152e-c4e4-7001'])
  expect(shortener(ids.slice(1))('01a2152e-c4e4-7001-8d3b-7c4e84515846')).toBe('01a2152e-c4e4')
})

test('an end is told in the words of the server, or by what is known', () => {
  const end = { exitCode: null, signal: null, outcome: null, reason: null }
  expect(endOf({ ...end, exitCode: 7, reason: 'Ended with exit code 7.' })).toBe('Ended with exit code 7')
  expect(endOf({ ...end, signal: 'SIGKILL' })).toBe('ended by SIGKILL')
  expect(endOf({ ...end, outcome: 'OUT_OF_MEMORY' })).toBe('out of memory')
})

test('what was asked for, what it cost, and a job that is on its way to its end', () => {
  expect([gpusWord({ count: 0, model: null }), gpusWord({ count: 2, model: 'A100' })]).toEqual(['-', '2 × A100'])
  expect(
    money([
      { amount: '12.5000000000', currency: 'EUR' },
      { amount: '1', currency: 'USD' },
    ]),
  ).toBe('12.50 EUR + 1.00 USD')
  expect([money([]), money(null)]).toEqual(['-', '-'])
  expect(stateWord({ state: 'RUNNING', cancelRequested: true })).toBe('cancelling')
  expect(stateWord({ state: 'FAILED', cancelRequested: true })).toBe('failed')
})
