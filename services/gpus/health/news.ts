// How changes of a GPU's health are told: pure.
import type { GpuEventType } from '@constellation/platform/events/gpu-event.ts'
import type { Health } from '../entities.ts'
import { sentencesOf } from '../state.ts'

/** What has changed about the faults of one GPU, in sentences. */
export interface FaultNews {
  /** What is wrong and was not before. */
  opened?: readonly string[]
  /** What is of no consequence. */
  noted?: readonly string[]
  /** Why something is not wrong any more. */
  cleared?: readonly string[]
}

const TYPES: Readonly<Record<Health, GpuEventType>> = {
  failed: 'gpu.failed',
  suspect: 'gpu.suspect',
  healthy: 'gpu.recovered',
}
const RANK: Readonly<Record<Health, number>> = { healthy: 0, suspect: 1, failed: 2 }

/** The event of a change, where health has changed or not: what made it worse, or better; null where there is nothing to tell. */
export function tellHealth(
  change: { before: Health; after: Health } | undefined,
  { opened = [], noted = [], cleared = [] }: FaultNews,
): { type: GpuEventType; reason: string | null } | null {
  const worse = [...opened, ...noted]
  if (!change) {
    const told = [...worse, ...cleared]
    return told.length === 0 ? null : { type: 'gpu.noted', reason: inSentences(told) }
  }
  const told = RANK[change.after] > RANK[change.before] ? worse : [...cleared, ...worse]
  return { type: TYPES[change.after], reason: inSentences(told) }
}

function inSentences(told: readonly string[]): string | null {
  return told.length === 0 ? null : sentencesOf(told.map((message) => ({ message })))
}
