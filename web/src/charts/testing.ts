// Roll-ups and samples for tests.
import type { RollupFragment, SampleFragment } from '../generated/documents.ts'

/** Of `seconds` from `start` (seconds since 1970) on. */
export function rollup(start: number, seconds: number, utilisation: number | null, throttled = 0): RollupFragment {
  return {
    at: new Date(start * 1000).toISOString(),
    seconds,
    meanUtilisationPercent: utilisation,
    maxUtilisationPercent: utilisation === null ? null : utilisation + 10,
    meanMemoryUsedMb: null,
    maxMemoryUsedMb: null,
    meanPowerWatts: null,
    maxPowerWatts: null,
    maxTemperatureC: 50,
    throttledSeconds: throttled,
    throttleReasons: throttled > 0 ? ['POWER_CAP'] : [],
  }
}

export function sample(at: number, utilisationPercent: number | null, throttled = false): SampleFragment {
  return {
    gpuId: 'g',
    at: new Date(at * 1000).toISOString(),
    utilisationPercent,
    memoryUsedMb: null,
    powerWatts: null,
    powerLimitWatts: null,
    temperatureC: 51,
    smClockMhz: null,
    throttleReasons: throttled ? ['POWER_CAP'] : [],
  }
}
