// Many subscribers of the feed of all jobs, each on a socket of its own: written by hand, so that one can be paused
// and a thousand cost little.
import WebSocket from 'ws'
import type { View } from './history.ts'
import type { Rig } from './rig.ts'

export interface FeedView {
  /** False once the gateway has ended it or the socket. */
  alive(): boolean
  /** What it said then. */
  whyEnded(): string
  count(): number
  of(jobIds: readonly string[]): View
  /** Stops reading: what the gateway sends from here on it has to keep, or to give up. */
  pause(): void
  close(): void
}

interface Message {
  type: string
  payload?: { data?: Record<string, { id: string; version: number } | null> }
}

const FEED = 'subscription ($name: String) { jobsChanged(filter: {name: $name}) { id version } }'

/** Subscribes to all changes of jobs whose name has this in it. */
export function openFeedView(rig: Rig, subscriber: string, name: string): Promise<FeedView> {
  return openSubscription(rig, subscriber, FEED, { name })
}

/** Resolves when the socket is signed in and the subscription sent. */
export async function openSubscription(
  rig: Rig,
  subscriber: string,
  query: string,
  variables: object,
): Promise<FeedView> {
  const socket = new WebSocket(`${rig.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  const seen: View['seen'][number][] = []
  const ready = Promise.withResolvers<void>()
  let alive = true
  let whyEnded = ''
  const say = (message: object) => socket.send(JSON.stringify(message))
  socket.on('open', () => say({ type: 'connection_init', payload: { token: rig.token } }))
  socket.on('message', (bytes) => {
    const message: Message = JSON.parse(String(bytes))
    if (message.type === 'connection_ack') {
      say({ id: '1', type: 'subscribe', payload: { query, variables } })
      ready.resolve()
    }
    if (message.type === 'ping') say({ type: 'pong' })
    if (message.type === 'error' || message.type === 'complete') {
      alive = false
      whyEnded ||= String(bytes).slice(0, 500)
    }
    const job = message.payload?.data?.jobsChanged
    if (job) seen.push({ jobId: job.id, version: job.version, eventId: null })
  })
  socket.on('error', (error) => ready.reject(error))
  socket.on('close', (code, reason) => {
    alive = false
    whyEnded ||= `${code} ${reason}`
    ready.reject(new Error(`${subscriber} was not let in: ${code} ${reason}`))
  })
  await ready.promise
  return {
    alive: () => alive,
    whyEnded: () => whyEnded,
    count: () => seen.length,
    of(jobIds) {
      const wanted = new Set(jobIds)
      return {
        subscriber,
        kind: 'feed',
        jobIds,
        seen: seen.filter(({ jobId }) => wanted.has(jobId)),
        interrupted: !alive,
      }
    },
    pause: () => socket.pause(),
    close: () => socket.terminate(),
  }
}
