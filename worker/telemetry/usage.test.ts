import { NO_METRICS } from '@constellation/platform/events/telemetry.ts'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import type { GpuReading } from '../gpu/provider.ts'
import { addReadings, addXid, NO_USAGE, type RunUsage, runMetrics, runUsage } from './usage.ts'

const reading: GpuReading = {
  ...NO_METRICS,
  uuid: 'a',
  utilisationPercent: 50,
  memoryUsedMb: 1_000,
  powerWatts: 100,
  temperatureC: 40,
  smClockMhz: 1_000,
  energyJoules: 5_000,
}
const one = (usage: RunUsage, change: Partial<GpuReading>, at: number) =>
  addReadings(usage, [{ ...reading, ...change }], 1, at)

test('a run whose GPUs were never read has no metrics', () => {
  expect(runMetrics(NO_USAGE)).toBeNull()
})

test('means, peaks and joules come from all GPUs of a run', () => {
  const b = { ...reading, uuid: 'b', powerWatts: 300 }
  let usage = addReadings(NO_USAGE, [reading, { ...b, utilisationPercent: 100, energyJoules: 10 }], 2, 0)
  const later = { ...reading, memoryUsedMb: 3_000, temperatureC: 71, energyJoules: 5_150 }
  usage = addReadings(usage, [later, { ...b, utilisationPercent: 80, energyJoules: 30 }], 2, 1_000)
  expect(runMetrics(usage)).toEqual({
    meanUtilisationPercent: 70,
    maxUtilisationPercent: 100,
    peakMemoryMb: 3_000,
    meanPowerWatts: 200,
    maxPowerWatts: 300,
    energyJoules: 170,
    maxTemperatureC: 71,
    throttledSeconds: 0,
    throttleReasons: [],
    idleSeconds: 0,
    xids: [],
  })
})

test('the seconds in which something held a GPU back are counted, and what it was is kept', () => {
  let usage = one(NO_USAGE, { throttleReasons: ['POWER_CAP'] }, 0)
  usage = one(usage, { throttleReasons: ['POWER_CAP'] }, 1_000)
  usage = one(usage, { throttleReasons: ['SW_THERMAL', 'POWER_CAP'] }, 2_500)
  usage = one(usage, {}, 3_500)
  expect(runMetrics(usage)).toMatchObject({ throttledSeconds: 2.5, throttleReasons: ['POWER_CAP', 'SW_THERMAL'] })
})

test('the idle seconds of each GPU are added up, but a run rests only while all of its GPUs do', () => {
  const idle = { ...reading, utilisationPercent: 0 }
  let usage = addReadings(NO_USAGE, [idle, { ...idle, uuid: 'b' }], 2, 0)
  usage = addReadings(usage, [idle, { ...idle, uuid: 'b' }], 2, 1_000)
  expect([usage.restingMs, runMetrics(usage)?.idleSeconds]).toEqual([1_000, 2])
  usage = addReadings(usage, [idle, { ...reading, uuid: 'b' }], 2, 2_000)
  expect([usage.restingMs, runMetrics(usage)?.idleSeconds]).toEqual([null, 3])
})

test('a GPU that does not tell its utilisation, or could not be read, does not rest', () => {
  expect(one(NO_USAGE, { utilisationPercent: 4.9 }, 0).restingMs).toBe(0)
  expect(one(NO_USAGE, { utilisationPercent: 5 }, 0).restingMs).toBeNull()
  expect(one(NO_USAGE, { utilisationPercent: null }, 0).restingMs).toBeNull()
  expect(addReadings(NO_USAGE, [{ ...reading, utilisationPercent: 0 }], 2, 0).restingMs).toBeNull()
})

test('a rest goes on over a restart of the worker, but not over a time that nobody saw', () => {
  const idle = { utilisationPercent: 0 }
  const stored: unknown = JSON.parse(JSON.stringify(one(one(NO_USAGE, idle, 0), idle, 1_000)))
  const usage = v.parse(runUsage, stored)
  expect(one(usage, idle, 9_000).restingMs).toBe(9_000)
  expect(one(usage, idle, 100_000)).toMatchObject({ restingMs: 0, idleMs: 1_000 })
  expect(one(usage, idle, 500)).toMatchObject({ restingMs: 0, idleMs: 1_000 })
})

test('each XID is kept once, and at most 64 of them', () => {
  let usage = NO_USAGE
  for (let i = 0; i < 200; i++) usage = addXid(usage, i % 100)
  expect(usage.xids).toEqual(Array.from({ length: 64 }, (_, i) => i))
  expect(runMetrics(usage)?.xids).toHaveLength(64)
})

test('where the energy counter is missing, or was reset, power is integrated', () => {
  const without = { energyJoules: null }
  expect(one(one(NO_USAGE, without, 0), { ...without, powerWatts: 300 }, 2_000).energyJoules).toBe(400)
  expect(one(one(NO_USAGE, {}, 0), { energyJoules: 1 }, 1_000).energyJoules).toBe(100)
})

test('what a card does not offer stays unknown', () => {
  const nothing = { ...NO_METRICS, uuid: 'a' }
  const usage = addReadings(addReadings(NO_USAGE, [nothing], 1, 0), [nothing], 1, 1_000)
  expect(runMetrics(usage)).toMatchObject({
    meanUtilisationPercent: null,
    maxUtilisationPercent: null,
    peakMemoryMb: null,
    meanPowerWatts: null,
    maxPowerWatts: null,
    energyJoules: null,
    maxTemperatureC: null,
  })
})

test('what an earlier version has kept is read', () => {
  const old = {
    samples: 2,
    utilisationSum: 100,
    maxUtilisationPercent: 60,
    peakMemoryMb: 1_000,
    maxTemperatureC: 50,
    energyJoules: 7,
    last: { a: { at: 0, powerWatts: 100, energyJoules: 5_000 } },
  }
  expect(runMetrics(v.parse(runUsage, old))).toMatchObject({ meanUtilisationPercent: 50, meanPowerWatts: null })
})
