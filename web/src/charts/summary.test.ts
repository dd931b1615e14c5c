import { expect, it } from 'vitest'
import { METRIC } from './metrics.ts'
import { saySummary, summarise } from './summary.ts'
import { rollup, sample } from './testing.ts'
import { trace } from './trace.ts'

const { utilisation, temperature } = METRIC

it('weighs each value by the time that it stands for', () => {
  const summary = summarise([trace([rollup(0, 30, 40), rollup(30, 10, 80)], [], utilisation)])
  expect(summary).toMatchObject({ last: 80, mean: 50, highest: 90 })
})

it('says what is now only while it is live, and no mean where none is kept', () => {
  const samples = [sample(0, 20), sample(1, 40)]
  const summary = summarise([trace([], samples, utilisation)])
  const at = summary?.lastAt ?? 0
  expect(saySummary(summary, utilisation, at + 1)).toBe('now 40 %, mean 30 %, highest 40 %')
  expect(saySummary(summary, utilisation, undefined)).toBe('mean 30 %, highest 40 %')
  expect(saySummary(summarise([trace([], samples, temperature)]), temperature, undefined)).toBe('highest 51 °C')
})

it('calls what a GPU did before it fell silent its last', () => {
  const summary = summarise([trace([], [sample(0, 20), sample(1, 40)], utilisation)])
  expect(saySummary(summary, utilisation, (summary?.lastAt ?? 0) + 61)).toBe('last 40 %, mean 30 %, highest 40 %')
})

it('says that nothing was measured', () => {
  expect(saySummary(summarise([[], trace([rollup(0, 15, null)], [], utilisation)]), utilisation, 0)).toBe(
    'nothing was measured',
  )
})
