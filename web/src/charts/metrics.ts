// What is drawn of a GPU, and where it is found in what is stored and in what comes live.
import type { RollupFragment, SampleFragment } from '../generated/documents.ts'
import { sayMemory } from '../shared/amounts.ts'
import { sayWhole } from '../shared/language.ts'

export const METRICS = ['utilisation', 'memory', 'power', 'temperature'] as const
export type MetricName = (typeof METRICS)[number]

export interface Metric {
  /** Whether a mean is kept of it; of a temperature it is the highest alone. */
  averaged: boolean
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
    averaged: true,
    mean: (rollup) => rollup.meanUtilisationPercent,
    highest: (rollup) => rollup.maxUtilisationPercent,
    now: (sample) => sample.utilisationPercent,
    top: () => 100,
    say: (value) => `${sayWhole(value)} %`,
  },
  memory: {
    averaged: true,
    mean: (rollup) => rollup.meanMemoryUsedMb,
    highest: (rollup) => rollup.maxMemoryUsedMb,
    now: (sample) => sample.memoryUsedMb,
    top: (memoryMb) => memoryMb,
    say: sayMemory,
  },
  power: {
    averaged: true,
    mean: (rollup) => rollup.meanPowerWatts,
    highest: (rollup) => rollup.maxPowerWatts,
    now: (sample) => sample.powerWatts,
    top: () => 100,
    say: (value) => `${sayWhole(value)} W`,
  },
  temperature: {
    averaged: false,
    mean: (rollup) => rollup.maxTemperatureC,
    highest: (rollup) => rollup.maxTemperatureC,
    now: (sample) => sample.temperatureC,
    top: () => 100,
    say: (value) => `${sayWhole(value)} °C`,
  },
}
