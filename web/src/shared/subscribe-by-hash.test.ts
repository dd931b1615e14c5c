import type { FormattedExecutionResult } from 'graphql'
import type { Sink, SubscribePayload } from 'graphql-ws'
import { expect, it, vi } from 'vitest'
import { subscribeByHash } from './subscribe-by-hash.ts'

/** A client whose subscriptions the test ends as it likes. */
function scripted(payload: SubscribePayload) {
  const sent: SubscribePayload[] = []
  const sinks: Sink<FormattedExecutionResult>[] = []
  const stopped: number[] = []
  const sink = { next: vi.fn(), error: vi.fn(), complete: vi.fn() }
  const client = {
    subscribe(asked: SubscribePayload, given: Sink<never>) {
      sent.push(asked)
      const index = sinks.push(given as Sink<FormattedExecutionResult>) - 1
      return () => stopped.push(index)
    },
  }
  const stop = subscribeByHash(client, { Known: 'abc' }, payload, sink)
  return { sent, sinks, stopped, sink, stop }
}

const text = { query: 'subscription Known { a }', operationName: 'Known', variables: { id: 1 } }
const hashed = { ...text, query: '', extensions: { persistedQuery: { version: 1, sha256Hash: 'abc' } } }

it('sends the hash in place of the text, and passes on what comes', () => {
  const { sent, sinks, sink } = scripted(text)
  expect(sent).toEqual([hashed])
  sinks[0]?.next({ data: { a: 1 } })
  sinks[0]?.error([{ message: 'no' }])
  sinks[0]?.complete()
  expect(sink.next).toHaveBeenCalledWith({ data: { a: 1 } })
  expect(sink.error).toHaveBeenCalledWith([{ message: 'no' }])
  expect(sink.complete).toHaveBeenCalledOnce()
})

it('sends the text where the server does not know the hash, and then ends that one', () => {
  const { sent, sinks, stopped, sink, stop } = scripted(text)
  sinks[0]?.error([{ message: 'PersistedQueryNotFound' }])
  expect(sent).toEqual([hashed, text])
  expect(sink.error).not.toHaveBeenCalled()
  stop()
  expect(stopped).toEqual([1])
})

it('sends the text of what has no hash', () => {
  const { sent } = scripted({ query: '{ b }' })
  expect(sent).toEqual([{ query: '{ b }' }])
})
