// Queries that stay right while they are shown.
import type { AnyVariables, CombinedError, OperationResult, TypedDocumentNode } from '@urql/core'
import { type Accessor, batch, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js'
import { type Graph, useGraph } from './graph.ts'
import { inTurn } from './in-turn.ts'
import { POLL_MS } from './link.ts'

/**
 * Between subscribing and the server's listening something may happen that nobody tells: one query this many
 * milliseconds later closes the gap.
 */
const SETTLE_MS = 300

export interface LiveQuery<Data, Variables> {
  /** The last good answer; it stays while a newer one is awaited or fails. */
  data: Accessor<Data | undefined>
  /** The variables that it answers, which then may be others than the present ones. */
  answered: Accessor<Variables | undefined>
  error: Accessor<CombinedError | undefined>
  loading: Accessor<boolean>
  refresh: () => void
}

/** Asks at once and whenever the variables change; answers from the cache first, and follows the cache. */
export function createLiveQuery<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Accessor<Variables>,
): LiveQuery<Data, Variables> {
  const { client } = useGraph()
  const [data, setData] = createSignal<Data>()
  const [answered, setAnswered] = createSignal<Variables>()
  const [error, setError] = createSignal<CombinedError>()
  const [loading, setLoading] = createSignal(true)

  createEffect(() => {
    setLoading(true)
    let last: OperationResult<Data> | undefined
    let asking = true
    const asked = variables()
    const show = () =>
      batch(() => {
        if (!last) return
        const { data: came, error: fault, stale } = last
        if (came) {
          setData(() => came)
          setAnswered(() => asked)
        }
        setError(fault)
        setLoading(stale)
      })
    const query = client.query(document, asked, { requestPolicy: 'cache-and-network' }).subscribe((result) => {
      last = result
      // A page is made with its first answer, which alone takes long enough.
      if (asking || untrack(data)) show()
      else inTurn(show)
    })
    asking = false
    onCleanup(() => {
      query.unsubscribe()
      last = undefined
    })
  })

  /** The answer reaches the query above too: both are one operation to the client. */
  const refresh = () => void client.query(document, untrack(variables), { requestPolicy: 'network-only' }).toPromise()
  return { data, answered, error, loading, refresh }
}

/** Calls `refresh` every 5 s while the socket is down, and once when it is there, or may have missed something. */
export function refreshByLink({ link, reopened }: Graph, refresh: () => void): void {
  createEffect(
    on([link, reopened], ([now]) => {
      if (now === 'connecting') return
      if (now === 'polling') refresh()
      const timer = now === 'polling' ? setInterval(refresh, POLL_MS) : setTimeout(refresh, SETTLE_MS)
      onCleanup(() => clearInterval(timer))
    }),
  )
}

/** Subscribes through the cache, until the owner is disposed of or the variables change. */
export function createSubscription<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Accessor<Variables>,
  onResult: (data: Data | undefined, error: CombinedError | undefined) => void = () => {},
): void {
  const { client } = useGraph()
  createEffect(() => {
    const subscription = client
      .subscription(document, variables())
      .subscribe((result) => untrack(() => onResult(result.data, result.error)))
    onCleanup(subscription.unsubscribe)
  })
}
