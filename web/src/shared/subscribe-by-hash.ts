// A subscription that names its document by its hash, as queries do, and sends the text where the server does not know it.
import type { FormattedExecutionResult } from 'graphql'
import type { Client, Sink, SubscribePayload } from 'graphql-ws'

type ResultSink<Data> = Sink<FormattedExecutionResult<Data>>

/** Subscribes; `ids` are the hashes by the names of operations. Answers with its end. */
export function subscribeByHash<Data>(
  client: Pick<Client, 'subscribe'>,
  ids: Readonly<Record<string, string>>,
  payload: SubscribePayload,
  sink: ResultSink<Data>,
): () => void {
  const sha256Hash = ids[payload.operationName ?? '']
  if (sha256Hash === undefined) return client.subscribe(payload, sink)
  const extensions = { ...payload.extensions, persistedQuery: { version: 1, sha256Hash } }
  const first: ResultSink<Data> = {
    next: (result) => sink.next(result),
    complete: () => sink.complete(),
    error: (reason) => {
      if (isUnknown(reason)) stop = client.subscribe(payload, sink)
      else sink.error(reason)
    },
  }
  // The protocol wants a text, be it an empty one.
  let stop = client.subscribe({ ...payload, query: '', extensions }, first)
  return () => stop()
}

/** The server may be of another version. */
function isUnknown(reason: unknown): boolean {
  return Array.isArray(reason) && reason.some(({ message }) => message === 'PersistedQueryNotFound')
}
