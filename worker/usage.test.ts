import { NO_METRICS } from '@constellation/platform/events.ts'
import { expect, test } from 'vitest'
import { addReading, NO_USAGE, runMetrics } from './usage.ts'

const reading = {
  ...NO_METRICS,
  uuid: 'a',
  utilisationPercent: 50,
  memoryUsedMb: 1_000,
  powerWatts: 100,
  temperatureC: 40,
  smClockMhz: 1_000,
  energyJoules: 5_000,
}

test('a run whose GPUs were never read has no metrics', () => {
  expect(runMetrics(NO_USAGE)).toBeNull()
})

test('means, peaks and joules come from all GPUs of a run', () => {
  let usage = addReading(NO_USAGE, reading, 0)
  usage = addReading(usage, { ...reading, uuid: 'b', utilisationPercent: 100, energyJoules: 10 }, 0)
  usage = addReading(usage, { ...reading, memoryUsedMb: 3_000, temperatureC: 71, energyJoules: 5_150 }, 1_000)
  usage = addReading(usage, { ...reading, uuid: 'b', utilisationPercent: 80, energyJoules: 30 }, 1_000)
  expect(runMetrics(usage)).toEqual({
    meanUtilisationPercent: 70,
    maxUtilisationPercent: 100,
    peakMemoryMb: 3_000,
    energyJoules: 170,
    maxTemperatureC: 71,
  })
})

test('where the energy counter is missing, or was reset, power is integrated', () => {
  const without = { ...reading, energyJoules: null }
  expect(addReading(addReading(NO_USAGE, without, 0), { ...without, powerWatts: 300 }, 2_000).energyJoules).toBe(400)
  expect(addReading(addReading(NO_USAGE, reading, 0), { ...reading, energyJoules: 1 }, 1_000).energyJoules).toBe(100)
})

test('what a card does not offer stays unknown', () => {
  const nothing = { ...NO_METRICS, uuid: 'a' }
  const usage = addReading(addReading(NO_USAGE, nothing, 0), nothing, 1_000)
  expect(runMetrics(usage)).toEqual({
    meanUtilisationPercent: null,
    maxUtilisationPercent: null,
    peakMemoryMb: null,
    energyJoules: null,
    maxTemperatureC: null,
  })
})
