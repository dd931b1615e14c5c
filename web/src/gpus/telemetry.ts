// Samples of GPUs as they come, past the cache: the last minute of each, drawn at most once per frame.
import { createEffect, onCleanup } from 'solid-js'
import { GpuTelemetryDocument, type SampleFragment } from '../generated/documents.ts'
import { createFrameSignal } from '../shared/frame.ts'
import { useGraph } from '../shared/graph.ts'
import { keepLast } from './samples.ts'

/** After the stream of samples broke off, in milliseconds. */
const AGAIN_MS = 2000

export interface Telemetry {
  /** The samples of one GPU of the last minute, oldest first. */
  of: (gpuId: string) => readonly SampleFragment[]
  /** Enters a sample that came by another way. */
  enter: (sample: SampleFragment) => void
}

/** Listens to all GPUs until the owner is disposed of. */
export function createTelemetry(): Telemetry {
  const graph = useGraph()
  const samples = new Map<string, readonly SampleFragment[]>()
  const [version, changed] = createFrameSignal()

  const enter = (sample: SampleFragment) => {
    const before = samples.get(sample.gpuId) ?? []
    const after = keepLast(before, sample)
    if (after === before) return
    samples.set(sample.gpuId, after)
    changed()
  }
  const of = (gpuId: string) => {
    version()
    return samples.get(gpuId) ?? []
  }
  createEffect(() => graph.link() === 'live' && onCleanup(listen(graph.stream, enter)))
  return { of, enter }
}

function listen(stream: ReturnType<typeof useGraph>['stream'], enter: (sample: SampleFragment) => void): () => void {
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let stop = open()
  function open(): () => void {
    return stream(
      GpuTelemetryDocument,
      {},
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
