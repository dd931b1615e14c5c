// The GPUs and workers that the page shows, kept right while it is shown.
import type { CombinedError } from '@urql/core'
import { type Accessor, createEffect, createMemo, untrack } from 'solid-js'
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
import { createFleetTelemetry, type FleetTelemetry } from './fleet-telemetry.ts'

/** How many GPUs and workers are asked for: as many as the server gives at a time. */
export const MOST = 1000

/** Workers come and go without an event: all is asked for this often, in milliseconds. */
const ROUND_MS = 10_000

/** Changes within this many milliseconds lead to one question; of a large fleet, within as many as the second says. */
const SOON_MS = 300
const SOON_OF_MANY_MS = 2000
const MANY = 100

export interface Fleet {
  /** Undefined before the first answer. */
  data: Accessor<FleetQuery | undefined>
  error: Accessor<CombinedError | undefined>
  gpus: Accessor<readonly GpuCardFragment[]>
  rows: Rows<GpuCardFragment>['rows']
  telemetry: FleetTelemetry
  /** The cursor of the next page, where there are more GPUs than one page holds. */
  next: Accessor<string | undefined>
}

/** Follows one page of them: the first, or the one after a cursor. */
export function createFleet(after: Accessor<string | undefined>): Fleet {
  const graph = useGraph()
  const variables = createMemo(() => ({ first: MOST, after: after() ?? null }))
  const query = createLiveQuery(FleetDocument, variables)
  const next = () => {
    const page = query.data()?.gpus?.pageInfo
    return page?.hasNextPage ? (page.endCursor ?? undefined) : undefined
  }
  const { rows, shown, show } = createRows<GpuCardFragment>()
  const gpus = createMemo(() => query.data()?.gpus?.nodes ?? [])
  // All GPUs where they are on one page: then those that come are heard of too.
  const wanted = createMemo(() => {
    if (query.data() === undefined) return null
    return next() === undefined && after() === undefined ? undefined : gpus().map(({ id }) => id)
  })
  const telemetry = createFleetTelemetry(wanted)
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
    void graph.client.query(GpuHoldersDocument, variables(), { requestPolicy: 'network-only' }).toPromise()
  const askSoon = createSoon(askHolders, SOON_MS)
  const askLater = createSoon(askHolders, SOON_OF_MANY_MS)
  createSubscription(
    JobsTickDocument,
    () => ({}),
    () => (gpus().length > MANY ? askLater() : askSoon()),
  )
  refreshByLink(graph, query.refresh)
  return { data: query.data, error: query.error, gpus, rows, telemetry, next }
}
