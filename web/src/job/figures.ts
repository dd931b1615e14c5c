// The figures of a run's GPUs in words.
import type { AttemptFragment } from '../generated/documents.ts'
import { sayThrottled } from '../gpus/throttle.ts'
import { sayDuration, sayEnergy, sayMemory, sayPercent } from '../shared/amounts.ts'
import { sayWhole } from '../shared/language.ts'
import { words } from './words.ts'

export interface Figure {
  label: string
  value: string
  more: string | undefined
}

type Metrics = NonNullable<AttemptFragment['metrics']>

/** Those that are known; of what held the GPUs back, their idling and their XIDs, only what there was. */
export function figuresOf(metrics: Metrics): Figure[] {
  const figures = [
    figure(
      words.figures.utilisation,
      metrics.meanUtilisationPercent,
      percent,
      peak(metrics.maxUtilisationPercent, percent),
    ),
    figure(words.figures.memory, metrics.peakMemoryMb, sayMemory),
    figure(words.figures.power, metrics.meanPowerWatts, watts, peak(metrics.maxPowerWatts, watts)),
    figure(words.figures.energy, metrics.energyJoules, sayEnergy),
    figure(words.figures.temperature, metrics.maxTemperatureC, celsius),
    figure(words.figures.throttled, some(metrics.throttledSeconds), seconds, sayThrottled(metrics.throttleReasons)),
    figure(words.figures.idle, some(metrics.idleSeconds), seconds),
    figure(words.figures.xids, metrics.xids?.length ? metrics.xids : null, (xids) => xids.join(', ')),
  ]
  return figures.filter((each) => each !== undefined)
}

function figure<Value>(
  label: string,
  value: Value | null,
  say: (value: Value) => string,
  more?: string | undefined,
): Figure | undefined {
  return value === null ? undefined : { label, value: say(value), more }
}

function peak(value: number | null, say: (value: number) => string): string | undefined {
  return value === null ? undefined : words.figures.peak(say(value))
}

/** None to speak of is not worth a place. */
function some(value: number | null): number | null {
  return value !== null && value >= 1 ? value : null
}

const percent = (value: number) => sayPercent(value / 100)
const watts = (value: number) => `${sayWhole(value)} W`
const celsius = (value: number) => `${sayWhole(value)} °C`
const seconds = (value: number) => sayDuration(value * 1000)
