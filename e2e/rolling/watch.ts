// A client that watches all jobs, and resumes behind what it has seen wherever its socket ends.
import { setTimeout as delay } from 'node:timers/promises'
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'
import type { Fleet } from './fleet.ts'

const FEED = 'subscription ($after: ID) { jobsChanged(after: $after) { id version } }'
/** From the end of a socket to the next. */
const AGAIN_MS = 100

export interface Watch {
  /** The newest version that was seen of each job. */
  readonly newest: ReadonlyMap<string, number>
  /** Each version of each job, as often as it came. */
  readonly seen: readonly string[]
  /** How often it had to come back. */
  readonly returns: number
  /** What it was told that no client should be. */
  readonly faults: readonly string[]
  stop(): Promise<void>
}

/** Begins at once, and goes on until it is stopped. */
export function startWatch({ url, rig: { token } }: Fleet): Watch {
  const newest = new Map<string, number>()
  const seen: string[] = []
  const faults: string[] = []
  const stopped = new AbortController()
  let returns = -1
  let after: string | undefined

  async function watchOnce(): Promise<void> {
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { token },
      retryAttempts: 0,
      lazy: true,
    })
    const end = () => client.terminate()
    stopped.signal.addEventListener('abort', end)
    try {
      const feed = client.iterate<{ jobsChanged: { id: string; version: number } }, { cursor?: unknown }>({
        query: FEED,
        variables: { after },
      })
      for await (const { data, errors, extensions } of feed) {
        if (!data) faults.push(JSON.stringify(errors))
        else note(data.jobsChanged)
        if (typeof extensions?.cursor === 'string') after = extensions.cursor
      }
    } catch {
      // Its socket has ended; what comes of that is in what it sees next.
    } finally {
      stopped.signal.removeEventListener('abort', end)
      await client.dispose()
    }
  }

  function note({ id, version }: { id: string; version: number }): void {
    seen.push(`${id} ${version}`)
    newest.set(id, Math.max(version, newest.get(id) ?? 0))
  }

  async function keepOn(): Promise<void> {
    while (!stopped.signal.aborted) {
      returns += 1
      await watchOnce()
      await delay(AGAIN_MS)
    }
  }
  const over = keepOn()
  return {
    newest,
    seen,
    get returns() {
      return returns
    },
    faults,
    async stop() {
      stopped.abort()
      await over
    },
  }
}
