// Every worker's GPUs, as a stack tells them: what they are and who holds them by query, what they do by subscription.
import { hostname } from 'node:os'
import { createLogger } from '@constellation/platform/log.ts'
import { type Api, openApi } from '../api.ts'
import { GpusViewDocument, type GpusViewQuery } from '../generated/documents.ts'
import { readToken } from '../token.ts'
import type { ShownReading } from './model.ts'
import { snapshotOf } from './snapshot.ts'
import type { Source } from './source.ts'
import { followTelemetry } from './telemetry.ts'

/** How often is asked what the GPUs are, and who holds them. */
const QUERY_MS = 2_000

export async function stackSource(gateway: string, tokenFile: string, live: boolean): Promise<Source> {
  const api = openApi(gateway, tokenFile, createLogger('gpus', 'silent'))
  const readings = new Map<string, ShownReading>()
  const telemetry = live ? followTelemetry(gateway, await readToken(tokenFile), readings) : undefined
  let answer: GpusViewQuery | undefined
  let trouble: string | null = null
  let askedAt = Number.NEGATIVE_INFINITY
  return {
    read: async () => {
      if (performance.now() - askedAt >= QUERY_MS) {
        askedAt = performance.now()
        trouble = await ask(api).then(
          (data) => {
            answer = data
            return null
          },
          (error) => (error instanceof Error ? error.message : String(error)),
        )
      }
      if (!answer) throw new Error(trouble ?? `${gateway} has not answered.`)
      return snapshotOf({ source: gateway, answer, readings, trouble, here: hostname() })
    },
    close: async () => {
      await telemetry?.dispose()
      await api.close()
      return true
    },
  }
}

function ask(api: Api): Promise<GpusViewQuery> {
  return api.send(GpusViewDocument, {})
}
