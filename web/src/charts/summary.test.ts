import { expect, it } from 'vitest'
import { METRIC } from './metrics.ts'
import { saySummary, summarise } from './summary.ts'
import { rollup, sample } from './testing.ts'
import { trace } from './trace.ts'

const { utilisation, temperature } = METRIC

it('weighs each value by the time that it stands for', () => {
  const summary = summarise([trace([rollup(0, 30, 40), rollup(30, 10, 80)], [], utilisation)])
  expect(summary).toEqual({ last: 80, mean: 50, highest: 90 })
})

it('says what is now only while it is live, and no mean where none is kept', () => {
  const samples = [sample(0, 20), sample(1, 40)]
  const summary = summarise([trace([], samples, utilisation)])
  expect(saySummary(summary, utilisation, true)).toBe('now 40 %, mean 30 %, highest 40 %')
  expect(saySummary(summary, utilisation, false)).toBe('mean 30 %, highest 40 %')
  expect(saySummary(summarise([trace([], samples, temperature)]), temperature, false)).toBe('highest 51 °C')
})

it('says that nothing was measured', () => {
  expect(saySummary(summarise([[], trace([rollup(0, 15, null)], [], utilisation)]), utilisation, true)).toBe(
    'nothing was measured',
  )
})
