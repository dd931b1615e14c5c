// What of the health of GPUs is to be told to the gpus service: what it has not heard, and what it wants to hear. Pure.
import type { GpuHealthInput, ReportGpuHealthMutation, StrangerInput } from './generated/documents.ts'
import type { GpuHealthReading } from './gpu/provider.ts'
import type { Happening, Portion } from './unheard.ts'
import { portionsOf } from './unheard.ts'

/** What the service answers to a report. */
export type Answer = ReportGpuHealthMutation['reportGpuHealth'][number]

/** What it said last of a GPU. */
export interface Verdict extends Answer {
  /** What it was said about: a `levelsOf`. */
  levels: string
}

/** A GPU, and what is known of it. */
export interface GpuKnowledge {
  gpuId: string
  reading: GpuHealthReading
  /** The run that holds it. */
  runId: string | null
  strangers: readonly StrangerInput[]
  verdict: Verdict | undefined
}

export interface Report {
  uuid: string
  input: GpuHealthInput
  levels: string
  /** The happenings up to this one are told by it; null where it tells of none. */
  lastSeq: number | null
}

/**
 * The reports on one GPU, in their order; none where the service has heard all. Of a GPU that it keeps runs off it is
 * told each time: it may have changed its mind, and it wants to see that the GPU is well for some time.
 */
export function reportsOn(gpu: GpuKnowledge, unheard: readonly Happening[]): Report[] {
  const levels = levelsOf(gpu)
  const portions: (Portion | null)[] = portionsOf(unheard, gpu.reading.uuid)
  const changed = gpu.verdict?.levels !== levels || !gpu.verdict.usable
  if (portions.length === 0 && changed) portions.push(null)
  return portions.map((portion) => ({
    uuid: gpu.reading.uuid,
    input: inputOf(gpu, portion),
    levels,
    lastSeq: portion?.lastSeq ?? null,
  }))
}

function inputOf({ gpuId, reading, runId, strangers }: GpuKnowledge, portion: Portion | null): GpuHealthInput {
  const { uuid: _, wasReset: __, ...levels } = reading
  return {
    ...levels,
    gpuId,
    runId: portion ? portion.runId : runId,
    xids: portion?.xids ?? [],
    wasReset: portion?.wasReset ?? false,
    strangers: [...strangers],
  }
}

/** What matters of how a GPU is: two of the same text are the same to the service. */
export function levelsOf({ reading, strangers }: Pick<GpuKnowledge, 'reading' | 'strangers'>): string {
  const { lost, doubleBitEccErrors, remapPending, remapFailed, recoveryAction } = reading
  const pids = strangers.map(({ pid }) => pid).sort((a, b) => a - b)
  return JSON.stringify([lost, heatOf(reading), doubleBitEccErrors, remapPending, remapFailed, recoveryAction, pids])
}

/** The temperature changes all the time; what counts is how it stands to the card's limits. */
function heatOf({ temperatureC, slowdownTemperatureC, shutdownTemperatureC }: GpuHealthReading): string {
  if (temperatureC === null) return 'unknown'
  if (shutdownTemperatureC !== null && temperatureC >= shutdownTemperatureC) return 'shutdown'
  if (slowdownTemperatureC === null) return 'below'
  if (temperatureC >= slowdownTemperatureC) return 'slowdown'
  return temperatureC > slowdownTemperatureC - COOL_BELOW_C ? 'near' : 'below'
}

/** So far below its limit a GPU has cooled down. */
const COOL_BELOW_C = 10
