// One WebSocket for all subscriptions, which comes back by itself, and says whether it is there.
import type { FormattedExecutionResult } from 'graphql'
import { createClient, type Sink, type Client as SocketClient, type SubscribePayload } from 'graphql-ws'
import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { DOCUMENT_IDS } from '../generated/document-ids.ts'
import { type Link, type LinkEvent, nextLink, PATIENCE_MS, retryDelay } from './link.ts'
import { subscribeByHash } from './subscribe-by-hash.ts'

const PING_MS = 10_000
const PONG_WAIT_MS = 5000

/** After what graphql-ws holds for final, such as a server's internal error, in milliseconds. */
const START_OVER_MS = 15_000

export interface Socket {
  link: Accessor<Link>
  /** One subscription, ended by its stream's end or an error. Answers with its end. */
  subscribe<Data>(payload: SubscribePayload, sink: Sink<FormattedExecutionResult<Data>>): () => void
}

/** Connects, and stays so until the owner is disposed of. */
export function openSocket(url: string, token: () => string): Socket {
  const [link, setLink] = createSignal<Link>('connecting')
  const happen = (event: LinkEvent) => setLink((now) => nextLink(now, event))
  let startOver: ReturnType<typeof setTimeout> | undefined
  let client = connect()

  function connect(): SocketClient {
    return connectOnce(url, token, happen, () => {
      startOver = setTimeout(() => {
        client = connect()
      }, START_OVER_MS)
    })
  }

  const late = setTimeout(happen, PATIENCE_MS, 'late')
  onCleanup(() => {
    clearTimeout(late)
    clearTimeout(startOver)
    dispose(client)
  })
  return { link, subscribe: (payload, sink) => subscribeByHash(client, DOCUMENT_IDS, payload, sink) }
}

/** A client that never came as far as a connection has nothing to close, and says so by rejecting. */
function dispose(client: SocketClient): void {
  Promise.resolve(client.dispose()).catch(() => {})
}

function connectOnce(
  url: string,
  token: () => string,
  happen: (event: LinkEvent) => void,
  onFatal: () => void,
): SocketClient {
  let pongWait: ReturnType<typeof setTimeout> | undefined
  const client = createClient({
    url,
    // Asked for at each connection: the token may have been renewed since the last.
    connectionParams: () => ({ token: token() }),
    lazy: false,
    keepAlive: PING_MS,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, retryDelay(retries, Math.random()))),
    // A close or the browser's own error event is worth another try. An exception is a fault of the protocol,
    // which a retry at once would repeat without end.
    shouldRetry: (reason) => reason instanceof Event || (reason instanceof Error && 'code' in reason),
    onNonLazyError: () => {
      happen('failed')
      onFatal()
    },
    on: {
      connected: () => happen('connected'),
      closed: () => {
        clearTimeout(pongWait)
        happen('closed')
      },
      error: () => happen('failed'),
      // A link that is cut without a word, such as a laptop's that slept, shows only by a missing pong.
      ping: (received) => {
        if (!received) pongWait = setTimeout(() => client.terminate(), PONG_WAIT_MS)
      },
      pong: (received) => {
        if (received) clearTimeout(pongWait)
      },
    },
  })
  return client
}
