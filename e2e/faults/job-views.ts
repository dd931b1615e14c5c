// Subscribers of the graph: each watches one job by graphql-ws, as a page does, and comes back when it is cut off.
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'
import type { View } from './history.ts'
import type { Rig } from './rig.ts'

const JOB_CHANGED = 'subscription ($id: ID!) { jobChanged(id: $id) { id version state } }'
const COME_BACK_MS = 100

export interface JobViews {
  watch(jobId: string): void
  views(): View[]
  stop(): Promise<void>
}

interface Changed {
  jobChanged: { id: string; version: number; state: string }
}

interface Watched {
  jobId: string
  seen: View['seen'][number][]
  interrupted: boolean
}

/** Opens one socket, over which jobs can be watched. */
export function openJobViews(rig: Rig, subscriber: string): JobViews {
  const watched: Watched[] = []
  const stopping = new AbortController()
  const client = createClient({
    url: `${rig.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { token: rig.token },
    retryAttempts: 0,
    lazy: true,
  })

  const follow = async (view: Watched) => {
    for await (const { data } of client.iterate<Changed>({ query: JOB_CHANGED, variables: { id: view.jobId } })) {
      if (stopping.signal.aborted) return
      // An error comes in place of the data: it is asked again.
      if (!data?.jobChanged) return
      view.seen.push({ jobId: view.jobId, version: data.jobChanged.version, eventId: null })
    }
  }
  const insist = async (view: Watched) => {
    while (!stopping.signal.aborted) {
      await follow(view).catch(() => undefined)
      view.interrupted = true
      await new Promise((resolve) => setTimeout(resolve, COME_BACK_MS).unref())
    }
  }

  return {
    watch(jobId) {
      const view = { jobId, seen: [], interrupted: false }
      watched.push(view)
      void insist(view)
    },
    views: () =>
      watched.map(({ jobId, seen, interrupted }) => ({
        subscriber: `${subscriber} of ${jobId}`,
        kind: 'job',
        jobIds: [jobId],
        seen: [...seen],
        interrupted,
      })),
    async stop() {
      stopping.abort()
      await client.dispose()
    },
  }
}
