// The stream of samples of GPUs, past the cache: opened while the link is there, and again when it broke off.
import { type Accessor, createEffect, createMemo, onCleanup } from 'solid-js'
import {
  GpuTelemetryDocument,
  type GpuTelemetrySubscriptionVariables,
  type SampleFragment,
} from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'

/** After the stream of samples broke off, in milliseconds. */
const AGAIN_MS = 2000

/** From one sample of a GPU to the next, in milliseconds. */
const EVERY_MS = 1000

/** What to listen to: null for nothing, undefined for all GPUs. */
export type Wanted = readonly string[] | undefined | null

/** Hands on what comes, until the owner is disposed of. */
export function followSamples(wanted: Accessor<Wanted>, onSamples: (samples: readonly SampleFragment[]) => void): void {
  const graph = useGraph()
  // By value: a new array of the same GPUs is no reason to listen anew.
  const key = createMemo(() => {
    const ids = wanted()
    return ids === undefined ? 'all' : JSON.stringify(ids)
  })
  const listening = createMemo(() => wanted() !== null && graph.link() === 'live')
  createEffect(() => {
    key()
    const gpuIds = wanted()
    if (!listening() || gpuIds === null) return
    const variables = { gpuIds: gpuIds === undefined ? null : [...gpuIds], everyMs: EVERY_MS }
    onCleanup(listen(graph.stream, variables, onSamples))
  })
}

function listen(
  stream: ReturnType<typeof useGraph>['stream'],
  variables: GpuTelemetrySubscriptionVariables,
  onSamples: (samples: readonly SampleFragment[]) => void,
): () => void {
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let stop = open()
  function open(): () => void {
    return stream(
      GpuTelemetryDocument,
      variables,
      (data) => onSamples(data.gpuTelemetry),
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
