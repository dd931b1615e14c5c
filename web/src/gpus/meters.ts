// The four figures of a GPU: where each is in a sample, how it reads, and how much of its most it is.
import type { SampleFragment } from '../generated/documents.ts'
import { sayMemory } from '../shared/amounts.ts'
import { sayWhole } from '../shared/language.ts'

export const METERS = ['utilisation', 'memory', 'power', 'temperature'] as const
export type MeterName = (typeof METERS)[number]

/** What a GPU counts against. */
export interface Bounds {
  /** In MiB. */
  memoryMb: number
  /** In watts; null where it is not known. */
  powerLimitWatts: number | null
}

interface Meter {
  value: (sample: SampleFragment) => number | null
  /** From 0 to 1 for what is usual; a chart's or a colour's scale. */
  share: (value: number, bounds: Bounds) => number
  say: (value: number, bounds: Bounds) => string
}

/** Colder than the first nothing runs, and hotter than the second nothing goes on, in °C. */
export const TEMPERATURES = { coldest: 20, hottest: 95 } as const

/** What a card without a known limit is taken to draw at most, in watts. */
const USUAL_LIMIT_WATTS = 400

export const METER: Record<MeterName, Meter> = {
  utilisation: {
    value: (sample) => sample.utilisationPercent,
    share: (value) => value / 100,
    say: (value) => `${sayWhole(value)} %`,
  },
  memory: {
    value: (sample) => sample.memoryUsedMb,
    share: (value, { memoryMb }) => value / Math.max(1, memoryMb),
    say: (value, { memoryMb }) => `${sayMemory(value)} / ${sayMemory(memoryMb)}`,
  },
  power: {
    value: (sample) => sample.powerWatts,
    share: (value, { powerLimitWatts }) => value / (powerLimitWatts || USUAL_LIMIT_WATTS),
    say: (value) => `${sayWhole(value)} W`,
  },
  temperature: {
    value: (sample) => sample.temperatureC,
    share: (value) => (value - TEMPERATURES.coldest) / (TEMPERATURES.hottest - TEMPERATURES.coldest),
    say: (value) => `${sayWhole(value)} °C`,
  },
}

/** The metric that an address names; utilisation where it names none. */
export function meterFromAddress(text: string | undefined): MeterName {
  return METERS.find((each) => each === text) ?? 'utilisation'
}

/** The figure as it reads, or undefined where it is not known. */
export function sayMeter(name: MeterName, sample: SampleFragment | undefined, memoryMb: number): string | undefined {
  const value = sample && METER[name].value(sample)
  if (value === undefined || value === null) return undefined
  return METER[name].say(value, { memoryMb, powerLimitWatts: sample?.powerLimitWatts ?? null })
}
