import { register } from 'prom-client'
import { beforeEach, expect, test } from 'vitest'
import { bandOf, countEvent } from './count-events.ts'

const ts = new Date('2026-01-31T12:00:00.000Z')

beforeEach(() => register.resetMetrics())

async function told(): Promise<string> {
  return register.metrics()
}

test('a run that is entered counts with its GPU time', async () => {
  countEvent({ type: 'usage.recorded', ts, payload: { gpuMicroseconds: 2_500_000 } })
  expect(await told()).toContain('constellation_ledger_runs_recorded_total 1\n')
  expect(await told()).toContain('constellation_ledger_gpu_seconds_total 2.5\n')
})

test('a threshold that was crossed counts in its band', async () => {
  countEvent({ type: 'budget.crossed', ts, payload: { threshold: 100 } })
  countEvent({ type: 'budget.saved', ts, payload: {} })
  expect(await told()).toContain('constellation_budget_crossings_total{threshold="100"} 1\n')
})

test.each([
  [10, '50'],
  [80, '80'],
  [81, '100'],
  [250, 'above'],
])('%d percent is in the band %s', (threshold, band) => {
  expect(bandOf(threshold)).toBe(band)
})
