// One GPU, kept right while it is shown.
import type { CombinedError } from '@urql/core'
import { type Accessor, createEffect } from 'solid-js'
import { type GpuDetailsFragment, GpuDocument, GpusChangedDocument, JobsTickDocument } from '../generated/documents.ts'
import { createTelemetry, type Telemetry } from '../gpus/telemetry.ts'
import { useGraph } from '../shared/graph.ts'
import { createLiveQuery, createSubscription, refreshByLink } from '../shared/live.ts'
import { createSoon } from '../shared/soon.ts'

/** Its last sample is entered again this often, and its processes, which have no events, asked for, in milliseconds. */
const ROUND_MS = 10_000

/** Changes within this many milliseconds lead to one question. */
const SOON_MS = 300

/** Samples that no roll-up covers yet are kept so long, in milliseconds. */
const TAIL_MS = 600_000

export interface LiveGpu {
  /** Undefined until it is known, null where there is none. */
  gpu: Accessor<GpuDetailsFragment | null | undefined>
  error: Accessor<CombinedError | undefined>
  telemetry: Telemetry
}

/** Follows a GPU by its id, with its samples second by second. */
export function createLiveGpu(id: Accessor<string>): LiveGpu {
  const graph = useGraph()
  const query = createLiveQuery(GpuDocument, () => ({ id: id() }))
  const telemetry = createTelemetry(() => [id()], TAIL_MS)
  /** An answer on another GPU says nothing of this one, also where there was none. */
  const gpu = () => (query.answered()?.id === id() ? query.data()?.gpu : undefined)
  createEffect(() => {
    const last = gpu()?.lastSample
    if (last) telemetry.enter(last)
  })
  const refreshSoon = createSoon(query.refresh, SOON_MS, ROUND_MS)
  createSubscription(GpusChangedDocument, () => ({ gpuIds: [id()] }), refreshSoon)
  createSubscription(JobsTickDocument, () => ({}), refreshSoon)
  refreshByLink(graph, query.refresh)
  return { gpu, error: query.error, telemetry }
}
