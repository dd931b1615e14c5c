// Samples of GPUs as they come, past the cache: the last of each, drawn at most once per frame.
import { type Accessor, createEffect, createMemo, onCleanup } from 'solid-js'
import {
  GpuTelemetryDocument,
  type GpuTelemetrySubscriptionVariables,
  type SampleFragment,
} from '../generated/documents.ts'
import { createFrameSignal } from '../shared/frame.ts'
import { useGraph } from '../shared/graph.ts'
import { CARD_SPAN_MS, keepLast } from './samples.ts'

/** After the stream of samples broke off, in milliseconds. */
const AGAIN_MS = 2000

/** From one sample of a GPU to the next, in milliseconds. */
const EVERY_MS = 1000

export interface Telemetry {
  /** The last samples of one GPU, oldest first. */
  of: (gpuId: string) => readonly SampleFragment[]
  /** Enters a sample that came by another way. */
  enter: (sample: SampleFragment) => void
}

/** What to listen to: null for nothing, undefined for all GPUs. */
export type Wanted = readonly string[] | undefined | null

/** Listens until the owner is disposed of, and keeps the last `spanMs` milliseconds. */
export function createTelemetry(wanted: Accessor<Wanted> = () => undefined, spanMs: number = CARD_SPAN_MS): Telemetry {
  const graph = useGraph()
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
  // By value: a new array of the same GPUs is no reason to listen anew.
  const key = createMemo(() => JSON.stringify(wanted() ?? null))
  const listening = createMemo(() => wanted() !== null && graph.link() === 'live')
  createEffect(() => {
    key()
    const gpuIds = wanted()
    if (!listening() || gpuIds === null) return
    const variables = { gpuIds: gpuIds === undefined ? null : [...gpuIds], everyMs: EVERY_MS }
    onCleanup(listen(graph.stream, variables, enter))
  })
  return { of, enter }
}

function listen(
  stream: ReturnType<typeof useGraph>['stream'],
  variables: GpuTelemetrySubscriptionVariables,
  enter: (sample: SampleFragment) => void,
): () => void {
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let stop = open()
  function open(): () => void {
    return stream(
      GpuTelemetryDocument,
      variables,
      (data) => data.gpuTelemetry.forEach(enter),
      () => {
        if (stopped) return
        timer = setTimeout(() => {
          stop = open()
        }, AGAIN_MS)
      },
    )
  }
  return () => {
    stopped = true
    clearTimeout(timer)
    stop()
  }
}
