// GPUs that do not exist, for machines without any. They say so in their names, and behave: load
// follows the run that holds them, power follows load, heat follows power.
import { createHash } from 'node:crypto'
import type { GpuInfo, GpuProvider, GpuReading } from './provider.ts'

const TOTAL_MEMORY_MB = 81_920
const AMBIENT_C = 24
/** What one watt adds to the temperature, in the long run. */
const DEGREES_PER_WATT = 0.12
const IDLE = { utilisation: 0, memoryMb: 425, clockMhz: 210, watts: 52 }
const LOADED = { utilisation: 94, memoryMb: 0.7 * TOTAL_MEMORY_MB, clockMhz: 1_410, watts: 385 }
/** How fast each quantity approaches its goal: after so many seconds, 63 % of the way is done. */
const LOAD_SECONDS = 1.5
const HEAT_SECONDS = 20

/** The state of one GPU. `load` is 0 when idle, 1 under a run. */
export interface SimulatedState {
  load: number
  temperatureC: number
  energyJoules: number
}

export const AT_REST: SimulatedState = {
  load: 0,
  temperatureC: AMBIENT_C + IDLE.watts * DEGREES_PER_WATT,
  energyJoules: 0,
}

/** `random` answers with numbers from 0 to 1. `clock` is in milliseconds. */
export function simulatedGpus(
  workerId: string,
  count: number,
  notice: string | null,
  random: () => number = Math.random,
  clock: () => number = () => performance.now(),
): GpuProvider {
  const gpus = Array.from({ length: count }, (_, index) => describe(workerId, index))
  const states = new Map(gpus.map(({ uuid }) => [uuid, AT_REST]))
  let before = clock()
  return {
    list: async () => gpus,
    sample: async (busy) => {
      const seconds = (clock() - before) / 1_000
      before = clock()
      return gpus.map(({ uuid }) => {
        const state = advance(states.get(uuid) ?? AT_REST, busy.has(uuid), seconds)
        states.set(uuid, state)
        return read(uuid, state, random())
      })
    },
    notice: () => notice,
    close: () => undefined,
  }
}

/** The state `seconds` later. */
export function advance(state: SimulatedState, busy: boolean, seconds: number): SimulatedState {
  const load = approach(state.load, busy ? 1 : 0, seconds / LOAD_SECONDS)
  const watts = between(IDLE.watts, LOADED.watts, (state.load + load) / 2)
  return {
    load,
    temperatureC: approach(state.temperatureC, AMBIENT_C + watts * DEGREES_PER_WATT, seconds / HEAT_SECONDS),
    energyJoules: state.energyJoules + watts * seconds,
  }
}

/** What an observer sees. `noise`, from 0 to 1, moves the load by a few percent while there is any. */
function read(uuid: string, state: SimulatedState, noise: number): GpuReading {
  const seen = Math.min(1, Math.max(0, state.load * (1 + (noise - 0.5) * 0.1)))
  return {
    uuid,
    utilisationPercent: Math.round(between(IDLE.utilisation, LOADED.utilisation, seen)),
    memoryUsedMb: Math.round(between(IDLE.memoryMb, LOADED.memoryMb, state.load)),
    powerWatts: round(between(IDLE.watts, LOADED.watts, seen)),
    temperatureC: Math.round(state.temperatureC),
    smClockMhz: Math.round(between(IDLE.clockMhz, LOADED.clockMhz, Math.min(1, state.load * 2)) / 15) * 15,
    energyJoules: round(state.energyJoules),
    memoryUtilisationPercent: Math.round(between(IDLE.utilisation, LOADED.utilisation, seen) / 2),
    powerLimitWatts: 400,
    memoryTemperatureC: null,
    memoryClockMhz: 1_593,
    fanPercent: null,
    throttleReasons: [],
  }
}

function describe(workerId: string, index: number): GpuInfo {
  const digest = createHash('sha256').update(`${workerId}:${index}`).digest('hex')
  const uuid = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    digest.slice(12, 16),
    digest.slice(16, 20),
    digest.slice(20, 32),
  ]
  return {
    uuid: `SIM-${uuid.join('-')}`,
    name: 'Simulated A100 80GB',
    index,
    totalMemoryMb: TOTAL_MEMORY_MB,
    computeCapability: '8.0',
    driverVersion: null,
    simulated: true,
  }
}

function approach(from: number, to: number, timeConstants: number): number {
  return to + (from - to) * Math.exp(-timeConstants)
}

function between(low: number, high: number, share: number): number {
  return low + (high - low) * share
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000
}
