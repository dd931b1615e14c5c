// The handling of messages that follow from traced requests, as spans of their traces.
import type { JsMsg } from '@nats-io/jetstream'
import { inSpan, isTraceparent, isTracing, noteSpan } from './trace.ts'

/**
 * Handles a batch. Each message that is traced has a span of that time; what is done meanwhile is told in the trace of the
 * first, as it is done for all of them at once.
 */
export async function handleTraced(
  consumer: string,
  batch: readonly JsMsg[],
  handle: (messages: readonly JsMsg[]) => Promise<void>,
): Promise<void> {
  if (!isTracing()) return await handle(batch)
  const [first, ...others] = batch.flatMap(({ headers }) => {
    const traceparent = headers?.get('traceparent')
    return isTraceparent(traceparent) ? [traceparent] : []
  })
  if (first === undefined) return await handle(batch)
  const from = Date.now()
  const attributes = { 'messaging.system': 'nats', 'messaging.batch.message_count': batch.length }
  const name = `handle ${consumer}`
  await inSpan(name, { parent: first, kind: 'consumer', attributes }, () => handle(batch))
  const to = Date.now()
  for (const parent of others) noteSpan(name, { parent, kind: 'consumer', from, to, attributes })
}
