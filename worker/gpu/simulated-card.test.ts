import { expect, test } from 'vitest'
import { AT_REST, advance, type CardState, type Demand, read } from './simulated-card.ts'

const USUAL: Demand = { load: 94, memoryMb: 40_000 }

/** The state after so many steps of a second. */
function after(seconds: number, state: CardState, demand: Demand | null, hot = false): CardState {
  return seconds === 0 ? state : after(seconds - 1, advance(state, demand, hot, 1), demand, hot)
}

const seen = (state: CardState) => read('SIM-1', state, 0.5)

test('power follows load, heat follows power, and both go when the load does', () => {
  const loaded = after(30, AT_REST, USUAL)
  expect(seen(loaded)).toMatchObject({ utilisationPercent: 94, smClockMhz: 1_410, throttleReasons: [] })
  expect(seen(loaded).powerWatts).toBeCloseTo(385, 0)
  expect(seen(loaded).memoryUsedMb).toBe(40_000)
  expect(seen(loaded).temperatureC).toBeGreaterThan(50)
  expect(seen(after(300, loaded, USUAL)).temperatureC).toBe(70)
  const rested = after(120, loaded, null)
  expect(seen(rested)).toMatchObject({ utilisationPercent: 0, memoryUsedMb: 425, powerWatts: 52, smClockMhz: 210 })
  expect(seen(rested).temperatureC).toBeLessThan(32)
})

test('energy is power over time', () => {
  expect(advance(AT_REST, null, false, 10).energyJoules).toBeCloseTo(520)
  const { energyJoules } = after(100, AT_REST, USUAL)
  expect(energyJoules).toBeGreaterThan(36_000)
  expect(energyJoules).toBeLessThan(38_500)
})

test('at its limit of power it says so and clocks down', () => {
  const state = seen(after(30, AT_REST, { load: 100, memoryMb: 0 }))
  expect(state).toMatchObject({ utilisationPercent: 100, powerWatts: 400, throttleReasons: ['POWER_CAP'] })
  expect(state.smClockMhz).toBeLessThan(1_410)
})

test('with its cooling gone it is held back first by the driver, then by the hardware', () => {
  const loaded = after(60, AT_REST, USUAL)
  const warm = seen(after(5, loaded, USUAL, true))
  expect(warm.throttleReasons).toEqual(['SW_THERMAL'])
  const hot = seen(after(30, loaded, USUAL, true))
  expect(hot.throttleReasons).toEqual(['HW_THERMAL', 'HW_SLOWDOWN'])
  expect(hot.temperatureC).toBe(94)
  expect(hot.smClockMhz).toBe(705)
  expect(hot.powerWatts).toBeLessThan(warm.powerWatts ?? 0)
})

test('a run cannot use more memory than there is', () => {
  expect(seen(after(60, AT_REST, { load: 1, memoryMb: 10 ** 9 })).memoryUsedMb).toBe(81_920)
})
