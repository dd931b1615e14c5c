// What workers measure of their GPUs, second by second.
import * as v from 'valibot'
import { instant } from './event.ts'

const metric = v.nullish(v.pipe(v.number(), v.finite()), null)

/** Why a GPU runs slower than it could; the words of the graph. */
export const THROTTLE_REASONS = [
  'POWER_CAP',
  'SW_THERMAL',
  'HW_THERMAL',
  'POWER_BRAKE',
  'HW_SLOWDOWN',
  'SYNC_BOOST',
] as const
export type ThrottleReason = (typeof THROTTLE_REASONS)[number]

const gpuId = v.pipe(v.string(), v.maxLength(64))
const heldBy = v.nullish(v.pipe(v.string(), v.uuid()))

/** One reading of one GPU; a metric that the card does not offer is null. */
const gpuSample = v.object({
  gpuId,
  at: instant,
  /** The run that held it. */
  runId: heldBy,
  utilisationPercent: metric,
  memoryUtilisationPercent: metric,
  memoryUsedMb: metric,
  powerWatts: metric,
  powerLimitWatts: metric,
  temperatureC: metric,
  memoryTemperatureC: metric,
  smClockMhz: metric,
  memoryClockMhz: metric,
  fanPercent: metric,
  energyJoules: metric,
  throttleReasons: v.optional(v.pipe(v.array(v.picklist(THROTTLE_REASONS)), v.maxLength(THROTTLE_REASONS.length)), []),
})
export type GpuSample = v.InferOutput<typeof gpuSample>

/** The metrics of a GPU of which nothing is known. */
export const NO_METRICS: Omit<GpuSample, 'gpuId' | 'at' | 'runId'> = {
  utilisationPercent: null,
  memoryUtilisationPercent: null,
  memoryUsedMb: null,
  powerWatts: null,
  powerLimitWatts: null,
  temperatureC: null,
  memoryTemperatureC: null,
  smClockMhz: null,
  memoryClockMhz: null,
  fanPercent: null,
  energyJoules: null,
  throttleReasons: [],
}

/** What uses a GPU. */
const gpuProcess = v.object({
  gpuId,
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  name: v.nullable(v.pipe(v.string(), v.maxLength(256))),
  memoryMb: metric,
  /** The run that it belongs to. */
  runId: heldBy,
})
export type GpuProcess = v.InferOutput<typeof gpuProcess>

/** What a worker says of itself every second or so; it is also its sign of life. */
export const telemetry = v.object({
  workerId: v.pipe(v.string(), v.maxLength(128)),
  at: instant,
  samples: v.pipe(v.array(gpuSample), v.maxLength(64)),
  /** Null where they are not known. */
  processes: v.nullish(v.pipe(v.array(gpuProcess), v.maxLength(512))),
})
export type Telemetry = v.InferOutput<typeof telemetry>
