// The one module that speaks to the server: queries over HTTP, subscriptions over the socket, one cache for both.
import {
  Client,
  type Exchange,
  type ExecutionResult,
  fetchExchange,
  getOperationName,
  stringifyDocument,
  subscriptionExchange,
  type TypedDocumentNode,
} from '@urql/core'
import {
  cacheExchange,
  type KeyingConfig,
  type OptimisticMutationConfig,
  type UpdatesConfig,
} from '@urql/exchange-graphcache'
import { persistedExchange } from '@urql/exchange-persisted'
import type { Sink } from 'graphql-ws'
import { type Accessor, createContext, createSignal, useContext } from 'solid-js'
import { DOCUMENT_IDS } from '../generated/document-ids.ts'
import { type Coalesced, coalesce } from './coalesce.ts'
import { keepSubscribed } from './keep-subscribed.ts'
import type { Link } from './link.ts'
import { openSocket, type Socket } from './socket.ts'
import { newTraceparent } from './trace-context.ts'

/** After this many milliseconds a request counts as unanswered. */
const REQUEST_LIMIT_MS = 20_000

export interface Graph {
  client: Client
  /** The same without the cache, which telemetry of the past would only fill. */
  uncached: Client
  link: Accessor<Link>
  /** Grows when a subscription had to be opened again, so that something may have been missed. */
  reopened: Accessor<number>
  /**
   * A subscription past the cache, for what comes in numbers and belongs to nobody else: logs and telemetry.
   * `onEnd` is called once, with the reason where it was not the stream's own end.
   */
  stream<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    onData: (data: Data) => void,
    onEnd: (reason?: unknown) => void,
  ): () => void
}

/** How the rooms want their data kept. */
export interface CacheRules {
  updates: UpdatesConfig
  optimistic: OptimisticMutationConfig
  /**
   * By the name of a subscription that may tell of much in a moment. The cache takes long where it holds long lists:
   * of results that come together only the last goes through it.
   */
  gathered: Readonly<Record<string, GatheredRule>>
}

interface GatheredRule {
  /** Given each result as it comes; answers how many milliseconds the cache may be without it. */
  each: (result: ExecutionResult) => number
  /** Given all of those that come together, before the last of them goes through the cache, and none after that. */
  together: (results: readonly ExecutionResult[]) => void
}

/**
 * Opens the connection for the holder of `token`, which may be renewed; `onRefused` is called with one that the server
 * does not accept.
 */
export function openGraph(token: () => string, rules: CacheRules, onRefused: (token: string) => void): Graph {
  const socket = openSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`, token)
  const [reopened, setReopened] = createSignal(0)
  const onReopened = () => setReopened((count) => count + 1)
  const over = (exchanges: Exchange[]) => openClient(token, exchanges, onRefused)
  const client = over([
    cacheExchange({ keys: KEYS, updates: rules.updates, optimistic: rules.optimistic }),
    byHash,
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query = '', variables, operationName }, operation) => ({
        subscribe(sink) {
          const gathered = gather(sink, rules.gathered[getOperationName(operation.query) ?? ''])
          const end = keepSubscribed(socket, { query, variables, operationName }, gathered, onReopened)
          return {
            unsubscribe() {
              end()
              gathered.stop()
            },
          }
        },
      }),
    }),
  ])
  return {
    client,
    uncached: over([byHash, fetchExchange]),
    link: socket.link,
    reopened,
    stream: (document, variables, onData, onEnd) => openStream(socket, document, variables, onData, onEnd),
  }
}

function gather(sink: Pick<Sink<ExecutionResult>, 'next'>, rule: GatheredRule | undefined): Coalesced<ExecutionResult> {
  if (!rule) return { next: (result) => sink.next(result), stop: () => {} }
  const gathered = coalesce<ExecutionResult>((results) => {
    const last = results.at(-1)
    if (!last) return
    rule.together(results)
    sink.next(last)
    rule.together([])
  })
  return {
    ...gathered,
    next(result) {
      if (result.errors) return sink.next(result)
      gathered.next(result, rule.each(result))
    },
  }
}

function openClient(token: () => string, exchanges: Exchange[], onRefused: (token: string) => void): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    async fetch(input, init) {
      const shown = token()
      const headers = new Headers(init?.headers)
      headers.set('authorization', `Bearer ${shown}`)
      headers.set('traceparent', newTraceparent())
      const answer = await fetch(input, { ...init, headers, signal: withLimit(init?.signal) })
      if (answer.status === 401) onRefused(shown)
      return answer
    },
    exchanges,
  })
}

/** Sends hashes in place of documents, and the document where the server does not know it: it may be of another version. */
const byHash = persistedExchange({
  preferGetForPersistedQueries: false,
  enableForMutation: true,
  generateHash: async (_text, document) => DOCUMENT_IDS[getOperationName(document) ?? ''] ?? '',
})

function openStream<Data, Variables extends Record<string, unknown>>(
  socket: Socket,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  onData: (data: Data) => void,
  onEnd: (reason?: unknown) => void,
): () => void {
  let ended = false
  const end = (reason?: unknown) => {
    if (!ended) onEnd(reason)
    ended = true
  }
  return socket.subscribe<Data>(
    { query: stringifyDocument(document), variables, operationName: getOperationName(document) },
    { next: ({ data, errors }) => (data ? onData(data) : end(errors)), error: end, complete: end },
  )
}

const GraphContext = createContext<Graph>()
export const GraphProvider = GraphContext.Provider

/** The connection of whoever is signed in. */
export function useGraph(): Graph {
  const graph = useContext(GraphContext)
  if (!graph) throw new Error('There is no connection above this component.')
  return graph
}

function withLimit(signal: AbortSignal | null | undefined): AbortSignal {
  const limit = AbortSignal.timeout(REQUEST_LIMIT_MS)
  return signal ? AbortSignal.any([signal, limit]) : limit
}

/**
 * Types that are no things of their own, and have no `id`. The cache keeps them where they are without being told; while
 * the page is developed it asks whether that is meant.
 */
const PARTS = import.meta.env.DEV
  ? [
      'BudgetChange',
      'CancelJobsPayload',
      'Container',
      'CreateApiTokenPayload',
      'Cordon',
      'FleetReport',
      'FleetRow',
      'FleetTime',
      'GpuConnection',
      'GpuPayload',
      'GpuProcess',
      'GpuRequest',
      'GpuRunCounts',
      'GpuSample',
      'JobConnection',
      'JobCount',
      'JobPayload',
      'LeaderboardEntry',
      'Limits',
      'LogChunk',
      'LogPage',
      'Money',
      'Mount',
      'MigSlice',
      'NvlinkPeer',
      'PageInfo',
      'Price',
      'Problem',
      'QueuePlace',
      'QueueWait',
      'RetryRules',
      'RunConnection',
      'RunMetrics',
      'SaveSchedulePayload',
      'Schedule',
      'Secret',
      'SubmitJobPayload',
      'TemplateParameter',
      'Usage',
      'UsageReport',
      'UsageRow',
      'Warning',
      'WorkerConnection',
      'WorkerPayload',
    ]
  : []

const partOfItsParent = () => null

/** What has an `id` needs no rule. */
const KEYS: KeyingConfig = {
  ...Object.fromEntries(PARTS.map((type) => [type, partOfItsParent])),
  // Its id is the array's, which all jobs of it share.
  ArrayPlace: partOfItsParent,
  Template: (template) => (typeof template.name === 'string' ? template.name : null),
}
