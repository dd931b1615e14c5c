// The GPUs and workers that the page shows, kept right while it is shown.
import type { CombinedError } from '@urql/core'
import { type Accessor, createEffect, untrack } from 'solid-js'
import {
  FleetDocument,
  type FleetQuery,
  type GpuCardFragment,
  GpuHoldersDocument,
  GpusChangedDocument,
  JobsTickDocument,
} from '../generated/documents.ts'
import { useGraph } from '../shared/graph.ts'
import { createLiveQuery, createSubscription, refreshByLink } from '../shared/live.ts'
import { createRows, type Rows } from '../shared/rows.ts'
import { createSoon } from '../shared/soon.ts'
import { createTelemetry, type Telemetry } from './telemetry.ts'

/** How many GPUs and workers are asked for: as many as the server gives at a time. */
export const MOST = 1000

/** Workers come and go without an event: all is asked for this often, in milliseconds. */
const ROUND_MS = 10_000

/** Changes within this many milliseconds lead to one question. */
const SOON_MS = 300

export interface Fleet {
  /** Undefined before the first answer. */
  data: Accessor<FleetQuery | undefined>
  error: Accessor<CombinedError | undefined>
  gpus: Accessor<readonly GpuCardFragment[]>
  rows: Rows<GpuCardFragment>['rows']
  telemetry: Telemetry
}

/** Follows all of them. */
export function createFleet(): Fleet {
  const graph = useGraph()
  const query = createLiveQuery(FleetDocument, () => ({ first: MOST }))
  const telemetry = createTelemetry()
  const { rows, shown, show } = createRows<GpuCardFragment>()
  const gpus = () => query.data()?.gpus?.nodes ?? []
  createEffect(() => {
    show(gpus())
    for (const gpu of gpus()) if (gpu.lastSample) telemetry.enter(gpu.lastSample)
  })

  const refreshSoon = createSoon(query.refresh, SOON_MS, ROUND_MS)
  // A GPU that is shown changes by itself; one that is not has to be asked for.
  createSubscription(
    GpusChangedDocument,
    () => ({}),
    (data) => {
      if (data && untrack(() => shown(data.gpusChanged.id)) === undefined) refreshSoon()
    },
  )
  // The cache hands what it learns of the holders on to the cards.
  const askHolders = () =>
    void graph.client.query(GpuHoldersDocument, { first: MOST }, { requestPolicy: 'network-only' }).toPromise()
  createSubscription(JobsTickDocument, () => ({}), createSoon(askHolders, SOON_MS))
  refreshByLink(graph, query.refresh)
  return { data: query.data, error: query.error, gpus, rows, telemetry }
}
