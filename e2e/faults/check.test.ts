// The checker is itself checked: good histories pass, and each way of being bad is found under its own name.
import { describe, expect, test } from 'vitest'
import { BAD_RECORDS } from './bad-records.ts'
import { BAD_RUNS } from './bad-runs.ts'
import { check } from './check.ts'
import { goodHistory } from './good-history.ts'

const SEEDS = Array.from({ length: 50 }, (_, i) => `checker ${i}`)

test('good histories pass, those with lost runs, failures and cancelled jobs among them', () => {
  for (const seed of SEEDS) expect([seed, check(goodHistory(seed))]).toEqual([seed, []])
  const states = new Set(SEEDS.flatMap((seed) => goodHistory(seed).runs.map((run) => run.state)))
  expect([...states].toSorted()).toEqual(['cancelled', 'completed', 'failed', 'lost'])
})

describe('a history is found bad where', () => {
  test.each([...BAD_RUNS, ...BAD_RECORDS])('%s: %s', (invariant, _, spoil) => {
    const histories = SEEDS.flatMap((seed) => spoil(goodHistory(seed)) ?? [])
    expect(histories.length).toBeGreaterThan(0)
    // Not every history has what makes this one bad, as a subscriber's second event.
    const named = histories.filter((history) => check(history).some((violation) => violation.invariant === invariant))
    expect(named.length).toBeGreaterThan(histories.length / 2)
  })
})

test('a log that says what is gone passes, and a subscriber that was cut off may skip what it can read', () => {
  const history = goodHistory('honest')
  const logs = history.logs.map((log) => ({
    ...log,
    bytes: 1,
    sha256: 'other',
    said: '10 bytes of output were dropped.',
  }))
  expect(check({ ...history, logs })).toEqual([])
})
