// How a simulated GPU behaves: power and clocks follow load, heat follows power, and heat and the limit of power hold
// it back. Pure.
import type { GpuReading } from './provider.ts'

export const TOTAL_MEMORY_MB = 81_920
export const SLOWDOWN_C = 92
export const SHUTDOWN_C = 95
const POWER_LIMIT_WATTS = 400
const AMBIENT_C = 24
/** What one watt adds to the temperature, in the long run. */
const DEGREES_PER_WATT = 0.12
const IDLE = { memoryMb: 425, clockMhz: 210, watts: 52 }
/** What each percent of load adds: 385 watts at the usual 94 percent. */
const WATTS_PER_PERCENT = (385 - IDLE.watts) / 94
const FULL_CLOCK_MHZ = 1_410
const MEMORY_CLOCK_MHZ = 1_593
/** Where the driver begins to take heat into account. */
const WARM_C = 85
/** How fast each quantity approaches its goal: after so many seconds, 63 % of the way is done. */
const LOAD_SECONDS = 1.5
const HEAT_SECONDS = 20
/** A card whose cooling has failed: where its temperature goes, and how fast. */
const OVERHEATED = { temperatureC: 94, seconds: 4 }

export interface CardState {
  /** Percent. */
  load: number
  memoryMb: number
  temperatureC: number
  energyJoules: number
}

/** What is asked of it: percent of its cores, and memory of its own for a run. */
export interface Demand {
  load: number
  memoryMb: number
}

export const AT_REST: CardState = {
  load: 0,
  memoryMb: IDLE.memoryMb,
  temperatureC: AMBIENT_C + IDLE.watts * DEGREES_PER_WATT,
  energyJoules: 0,
}

const NO_DEMAND: Demand = { load: 0, memoryMb: IDLE.memoryMb }

/** What a run that does not say asks for. */
export const USUAL_MEMORY_MB = 0.7 * TOTAL_MEMORY_MB

/** The state `seconds` later. `hot` is a card whose cooling has failed. */
export function advance(state: CardState, demand: Demand | null, hot: boolean, seconds: number): CardState {
  const { load: goal, memoryMb } = demand ?? NO_DEMAND
  const load = approach(state.load, goal, seconds / LOAD_SECONDS)
  const watts = wattsAt((state.load + load) / 2, state.temperatureC)
  return {
    load,
    memoryMb: approach(state.memoryMb, Math.min(memoryMb, TOTAL_MEMORY_MB), seconds / LOAD_SECONDS),
    temperatureC: hot
      ? approach(state.temperatureC, OVERHEATED.temperatureC, seconds / OVERHEATED.seconds)
      : approach(state.temperatureC, AMBIENT_C + watts * DEGREES_PER_WATT, seconds / HEAT_SECONDS),
    energyJoules: state.energyJoules + watts * seconds,
  }
}

/** What an observer sees. `noise`, from 0 to 1, moves the load by a few percent while there is any. */
export function read(uuid: string, state: CardState, noise: number): GpuReading {
  const load = Math.min(100, Math.max(0, state.load * (1 + (noise - 0.5) * 0.1)))
  return {
    uuid,
    utilisationPercent: Math.round(load),
    memoryUtilisationPercent: Math.round(load / 2),
    memoryUsedMb: Math.round(state.memoryMb),
    powerWatts: round(wattsAt(load, state.temperatureC)),
    powerLimitWatts: POWER_LIMIT_WATTS,
    temperatureC: Math.round(state.temperatureC),
    memoryTemperatureC: Math.round(state.temperatureC + load / 10),
    smClockMhz: Math.round(clockAt(load, state.temperatureC) / 15) * 15,
    memoryClockMhz: MEMORY_CLOCK_MHZ,
    fanPercent: null,
    energyJoules: round(state.energyJoules),
    throttleReasons: throttleReasons(load, state.temperatureC),
  }
}

function throttleReasons(load: number, temperatureC: number): GpuReading['throttleReasons'] {
  return [
    ...(wattsAt(load, temperatureC) >= POWER_LIMIT_WATTS ? (['POWER_CAP'] as const) : []),
    ...(temperatureC >= WARM_C && temperatureC < SLOWDOWN_C ? (['SW_THERMAL'] as const) : []),
    ...(temperatureC >= SLOWDOWN_C ? (['HW_THERMAL', 'HW_SLOWDOWN'] as const) : []),
  ]
}

function clockAt(load: number, temperatureC: number): number {
  const clock = IDLE.clockMhz + (FULL_CLOCK_MHZ - IDLE.clockMhz) * Math.min(1, load / 47)
  return Math.max(IDLE.clockMhz, clock * Math.min(heldBack(temperatureC), POWER_LIMIT_WATTS / wanted(load)))
}

function wattsAt(load: number, temperatureC: number): number {
  const held = IDLE.watts + (wanted(load) - IDLE.watts) * heldBack(temperatureC)
  return Math.min(POWER_LIMIT_WATTS, held)
}

/** Power without any limit. */
function wanted(load: number): number {
  return IDLE.watts + load * WATTS_PER_PERCENT
}

/** The part of its speed that heat leaves it. */
function heldBack(temperatureC: number): number {
  if (temperatureC >= SLOWDOWN_C) return 0.5
  return temperatureC >= WARM_C ? 0.85 : 1
}

function approach(from: number, to: number, timeConstants: number): number {
  return to + (from - to) * Math.exp(-timeConstants)
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
