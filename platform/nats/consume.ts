// A durable consumer: each message of a stream's subject is handled at least once, in batches, also
// those that came while the service was away.
import { setTimeout as delay } from 'node:timers/promises'
import { AckPolicy, type ConsumerMessages, type JsMsg, jetstream, jetstreamManager } from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/transport-node'
import type * as v from 'valibot'
import type { Logger } from '../log.ts'
import { messageLag, messagesHandled } from '../metrics/service-metrics.ts'
import { handleTraced } from '../tracing/trace-messages.ts'
import { decode, ensureStreams, type NatsLink } from './nats.ts'

const BATCH = 256
/** A batch is cut at this size too, so that memory stays flat whatever is sent. */
const BATCH_BYTES = 1_048_576
/** An unacknowledged message comes again after this: also what was on its way to a service that stopped. */
const ACK_WAIT_MS = 10_000
const RETRY_MS = 500

interface Consumer {
  stop(): Promise<void>
}

interface ConsumerOptions {
  nats: NatsLink
  stream: string
  durable: string
  subject: string
  log: Logger
  handle: (messages: readonly JsMsg[]) => Promise<void>
}

/**
 * Hands batches to `handle`, which acknowledges by returning. When it throws, the batch comes again: it
 * must be idempotent, and throw only for what may pass, since what always throws would come for ever.
 */
export function startConsumer(options: ConsumerOptions): Consumer {
  const stopping = new AbortController()
  const stopped = new Promise<undefined>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(undefined))
  })
  let messages: ConsumerMessages | undefined
  let failing = false

  const running = (async () => {
    const connection = await Promise.race([options.nats.connection, stopped])
    while (connection && !stopping.signal.aborted) {
      try {
        messages = await open(connection, options)
        failing = false
        if (!stopping.signal.aborted) await takeBatches(messages, options)
      } catch (error) {
        if (stopping.signal.aborted) return
        // Once for each outage, however long it lasts.
        if (!failing) options.log.warn({ err: error, durable: options.durable }, 'the stream cannot be read, trying on')
        failing = true
        await delay(RETRY_MS, undefined, { signal: stopping.signal }).catch(() => {})
      } finally {
        await messages?.close()
      }
    }
  })()

  return {
    async stop() {
      stopping.abort()
      await messages?.close()
      await running
    },
  }
}

/** The messages as they come. Makes the stream and the consumer where NATS has lost them. */
async function open(nats: NatsConnection, { stream, durable, subject }: ConsumerOptions): Promise<ConsumerMessages> {
  await ensureStreams(nats)
  const manager = await jetstreamManager(nats)
  await manager.consumers.add(stream, {
    durable_name: durable,
    filter_subject: subject,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ACK_WAIT_MS),
    max_ack_pending: BATCH * 4,
  })
  const consumer = await jetstream(nats).consumers.get(stream, durable)
  return consumer.consume({ max_messages: BATCH, abort_on_missing_resource: true })
}

async function takeBatches(messages: ConsumerMessages, { handle, log, durable }: ConsumerOptions): Promise<void> {
  let batch: JsMsg[] = []
  let bytes = 0
  for await (const message of messages) {
    batch.push(message)
    bytes += message.data.length
    // A batch is what has arrived by now: one message when it is quiet, many when it is not.
    const arrived = messages.getReceived() - messages.getProcessed()
    if (arrived > 0 && batch.length < BATCH && bytes < BATCH_BYTES) continue
    try {
      await handleTraced(durable, batch, handle)
      for (const handled of batch) handled.ack()
      count(batch, durable, 'handled')
    } catch (error) {
      log.warn({ err: error }, 'messages could not be handled, they come again')
      for (const unhandled of batch) unhandled.nak(RETRY_MS)
      count(batch, durable, 'failed')
    }
    batch = []
    bytes = 0
  }
}

function count(batch: readonly JsMsg[], consumer: string, outcome: 'handled' | 'failed'): void {
  messagesHandled.inc({ consumer, outcome }, batch.length)
  const [oldest] = batch
  if (oldest) messageLag.observe({ consumer }, Math.max(0, Date.now() - oldest.info.timestampNanos / 1e6) / 1_000)
}

/** What these messages say. What is no event now will be none when it comes again, so it is logged and left out. */
export function readable<const Schema extends v.GenericSchema>(
  messages: readonly JsMsg[],
  schema: Schema,
  log: Logger,
): v.InferOutput<Schema>[] {
  return messages.flatMap((message): v.InferOutput<Schema>[] => {
    const decoded = decode(schema, message.data)
    if ('value' in decoded) return [decoded.value]
    log.error({ subject: message.subject, fault: decoded.fault }, 'an event could not be read')
    return []
  })
}
