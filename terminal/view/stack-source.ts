// Every worker's GPUs, as a stack tells them: what they are and who holds them by query, what they do by subscription.
import { hostname } from 'node:os'
import { Failure } from '../failure.ts'
import { GpusViewDocument, type GpusViewQuery, GpusViewTelemetryDocument } from '../generated/documents.ts'
import type { Api } from '../server/api.ts'
import { follow } from '../server/follow.ts'
import type { ShownReading } from './model.ts'
import { snapshotOf } from './snapshot.ts'
import type { Source } from './source.ts'

/** How often is asked what the GPUs are, and who holds them. */
const QUERY_MS = 2_000

/** `live` says whether it is read again and again. */
export function stackSource(api: Api, live: boolean): Source {
  const readings = new Map<string, ShownReading>()
  const stop = new AbortController()
  if (live) void followTelemetry(api, readings, stop.signal)
  let answer: GpusViewQuery | undefined
  let trouble: string | null = null
  let askedAt = Number.NEGATIVE_INFINITY
  return {
    read: async () => {
      if (performance.now() - askedAt >= QUERY_MS) {
        askedAt = performance.now()
        try {
          answer = await api.ask(GpusViewDocument, {})
          trouble = null
        } catch (error) {
          if (!answer || !(error instanceof Failure)) throw error
          trouble = error.message
        }
      }
      if (!answer) throw new Failure('unreachable', `${api.url} has not answered.`)
      return snapshotOf({ source: api.url, answer, readings, trouble, here: hostname() })
    },
    close: async () => {
      stop.abort()
      return true
    },
  }
}

/** Keeps the newest reading of each GPU, by its id. What is wrong, the query tells. */
async function followTelemetry(api: Api, readings: Map<string, ShownReading>, signal: AbortSignal): Promise<void> {
  try {
    const following = { variables: () => ({}), signal, patient: true }
    for await (const { data } of follow(api, GpusViewTelemetryDocument, following)) {
      for (const { gpuId, ...reading } of data.gpuTelemetry) readings.set(gpuId, reading)
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
}
