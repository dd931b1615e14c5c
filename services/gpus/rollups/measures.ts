// What is told of a part of the time, as PostgreSQL adds it up from roll-ups.
import type { GpuRollup } from '../generated/resolvers.ts'
import type { Parts } from './parts.ts'
import { reasonsOf } from './roll-up.ts'

type Measures = Omit<GpuRollup, '__typename' | 'at' | 'seconds' | 'throttleReasons'>

/** A part, as the statements give it. */
export interface Row extends Measures {
  gpuId: string
  /** The beginning of the part. */
  at: Date
  /** The bits of the reasons. */
  reasons: number
}

/** The part as the graph has it. */
export function rollupOf({ at, reasons, ...measures }: Row, { end, stepMs }: Pick<Parts, 'end' | 'stepMs'>): GpuRollup {
  return {
    ...measures,
    at: at.toISOString(),
    seconds: Math.min(stepMs, end - at.getTime()) / 1000,
    throttleReasons: reasonsOf(reasons),
  }
}

/** The columns of a `Row` beside its GPU and its time, of the roll-ups `r`. */
export const MEASURES = `
  sum(r.utilisation_sum::float8) / nullif(sum(r.utilisation_count), 0) AS "meanUtilisationPercent",
  max(r.utilisation_max) AS "maxUtilisationPercent",
  sum(r.memory_sum::float8) / nullif(sum(r.memory_count), 0) AS "meanMemoryUsedMb",
  max(r.memory_max) AS "maxMemoryUsedMb",
  sum(r.power_sum::float8) / nullif(sum(r.power_count), 0) AS "meanPowerWatts",
  max(r.power_max) AS "maxPowerWatts",
  max(r.temperature_max) AS "maxTemperatureC",
  sum(r.clock_sum::float8) / nullif(sum(r.clock_count), 0) AS "meanSmClockMhz",
  sum(r.joules::float8) AS "energyJoules",
  sum(r.throttled_seconds::float8) AS "throttledSeconds",
  bit_or(r.throttle_reasons) AS reasons`
