import type { AnyVariables, CombinedError, TypedDocumentNode } from '@urql/core'
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js'
import { useGraph } from './graph.ts'

export interface Polled<Data> {
  /** The last good answer to the present question. */
  data: Accessor<Data | undefined>
  error: Accessor<CombinedError | undefined>
}

/**
 * Asks past the cache: at once, again each `everyMs` (not at all where that is undefined), and anew when `key`
 * changes. `variables` are made at each asking, so that they may hold the time. A change of `again` is another
 * asking of the same.
 */
export function createPolled<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: () => Variables,
  key: Accessor<string>,
  everyMs: Accessor<number | undefined>,
  again: Accessor<unknown> = () => undefined,
): Polled<Data> {
  const { uncached } = useGraph()
  const [data, setData] = createSignal<Data>()
  const [error, setError] = createSignal<CombinedError>()

  createEffect(on(key, () => setData(undefined), { defer: true }))
  createEffect(
    on([key, everyMs, again], ([, every]) => {
      let current = true
      const ask = async () => {
        const result = await uncached.query(document, variables()).toPromise()
        if (!current) return
        if (result.data) setData(() => result.data)
        setError(result.error)
      }
      void ask()
      const timer = every === undefined ? undefined : setInterval(() => globalThis.document.hidden || void ask(), every)
      onCleanup(() => {
        current = false
        clearInterval(timer)
      })
    }),
  )
  return { data, error }
}
