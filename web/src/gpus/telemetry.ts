// Samples of few GPUs as they come: the last of each, drawn at most once per frame.
import type { Accessor } from 'solid-js'
import type { SampleFragment } from '../generated/documents.ts'
import { createFrameSignal } from '../shared/frame.ts'
import { followSamples, type Wanted } from './follow-samples.ts'
import { keepLast } from './samples.ts'

export interface Telemetry {
  /** The last samples of one GPU, oldest first. */
  of: (gpuId: string) => readonly SampleFragment[]
  /** Enters a sample that came by another way. */
  enter: (sample: SampleFragment) => void
}

/** Listens until the owner is disposed of, and keeps the last `spanMs` milliseconds. */
export function createTelemetry(wanted: Accessor<Wanted>, spanMs: number): Telemetry {
  const samples = new Map<string, readonly SampleFragment[]>()
  const [version, changed] = createFrameSignal()

  const enter = (sample: SampleFragment) => {
    const before = samples.get(sample.gpuId) ?? []
    const after = keepLast(before, sample, spanMs)
    if (after === before) return
    samples.set(sample.gpuId, after)
    changed()
  }
  const of = (gpuId: string) => {
    version()
    return samples.get(gpuId) ?? []
  }
  followSamples(wanted, (all) => all.forEach(enter))
  return { of, enter }
}
