// What is drawn of a GPU, and where it is found in what is stored and in what comes live.
import type { RollupFragment, SampleFragment } from '../generated/documents.ts'
import { sayMemory, sayWhole } from '../shared/amounts.ts'

export const METRICS = ['utilisation', 'memory', 'power', 'temperature'] as const
export type MetricName = (typeof METRICS)[number]

export interface Metric {
  /** Over the time of a roll-up; null where it was not known. */
  mean: (rollup: RollupFragment) => number | null
  highest: (rollup: RollupFragment) => number | null
  now: (sample: SampleFragment) => number | null
  /** The top of the axis at the least, from the memory of the largest GPU in MiB. */
  top: (memoryMb: number) => number
  say: (value: number) => string
}

export const METRIC: Record<MetricName, Metric> = {
  utilisation: {
    mean: (rollup) => rollup.meanUtilisationPercent,
    highest: (rollup) => rollup.maxUtilisationPercent,
    now: (sample) => sample.utilisationPercent,
    top: () => 100,
    say: (value) => `${sayWhole(value)} %`,
  },
  memory: {
    mean: (rollup) => rollup.meanMemoryUsedMb,
    highest: (rollup) => rollup.maxMemoryUsedMb,
    now: (sample) => sample.memoryUsedMb,
    top: (memoryMb) => memoryMb,
    say: sayMemory,
  },
  power: {
    mean: (rollup) => rollup.meanPowerWatts,
    highest: (rollup) => rollup.maxPowerWatts,
    now: (sample) => sample.powerWatts,
    top: () => 100,
    say: (value) => `${sayWhole(value)} W`,
  },
  // Of a temperature only the highest is kept.
  temperature: {
    mean: (rollup) => rollup.maxTemperatureC,
    highest: (rollup) => rollup.maxTemperatureC,
    now: (sample) => sample.temperatureC,
    top: () => 100,
    say: (value) => `${sayWhole(value)} °C`,
  },
}
