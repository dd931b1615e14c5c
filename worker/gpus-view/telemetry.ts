// What the GPUs do, each second, over graphql-ws.
import { type Client, createClient } from 'graphql-ws'
import {
  GpusViewTelemetryDocument,
  type GpusViewTelemetrySubscription,
  type GpusViewTelemetrySubscriptionVariables,
} from '../generated/documents.ts'
import type { ShownReading } from './model.ts'

/** Keeps the newest reading of each GPU, by its id; tries again for as long as it is not disposed of. */
export function followTelemetry(gateway: string, token: string, readings: Map<string, ShownReading>): Client {
  const client = createClient({
    url: `${gateway.replace(/^http/, 'ws').replace(/\/+$/, '')}/graphql`,
    connectionParams: { token },
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
  })
  const subscribe = () => {
    let over = false
    const again = () => {
      if (!over) setTimeout(subscribe, AGAIN_MS).unref()
      over = true
    }
    client.subscribe<GpusViewTelemetrySubscription, GpusViewTelemetrySubscriptionVariables>(
      { query: GpusViewTelemetryDocument.toString() },
      {
        next: ({ data }) => {
          for (const { gpuId, ...reading } of data?.gpuTelemetry ?? []) readings.set(gpuId, reading)
        },
        // The query tells what is wrong.
        error: again,
        complete: again,
      },
    )
  }
  subscribe()
  return client
}

const AGAIN_MS = 2_000
