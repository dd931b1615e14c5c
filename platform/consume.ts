// A durable consumer: each message of a stream's subject is handled at least once, in batches, also
// those that came while the service was away.
import { AckPolicy, type JsMsg, jetstream, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Logger } from './log.ts'

const BATCH = 256
/** How long one request for messages waits at the server, in milliseconds. */
const WAIT_MS = 5_000
/** An unacknowledged message comes again after this, in nanoseconds. */
const ACK_WAIT_NS = 30_000_000_000

interface Consumer {
  stop(): Promise<void>
}

/**
 * Hands batches to `handle`, which acknowledges by returning. When it throws, the batch comes again: it
 * must be idempotent. Only for failures that may pass, since what always throws would block the stream.
 */
export function startConsumer(options: {
  nats: NatsConnection
  stream: string
  durable: string
  subject: string
  log: Logger
  handle: (messages: readonly JsMsg[]) => Promise<void>
}): Consumer {
  const { nats, stream, durable, subject, log, handle } = options
  const stopping = Promise.withResolvers<void>()
  let stopped = false

  const running = (async () => {
    while (!stopped) {
      try {
        const manager = await jetstreamManager(nats)
        await manager.consumers.add(stream, {
          durable_name: durable,
          filter_subject: subject,
          ack_policy: AckPolicy.Explicit,
          ack_wait: ACK_WAIT_NS,
          max_ack_pending: BATCH * 4,
        })
        const consumer = await jetstream(nats).consumers.get(stream, durable)
        while (!stopped) await takeBatch(consumer)
      } catch (error) {
        if (stopped) return
        log.warn({ err: error, durable }, 'cannot read the stream, trying again')
        await Promise.race([new Promise((resolve) => setTimeout(resolve, 500)), stopping.promise])
      }
    }
  })()

  async function takeBatch(consumer: Awaited<ReturnType<ReturnType<typeof jetstream>['consumers']['get']>>) {
    const first = await Promise.race([consumer.next({ expires: WAIT_MS }), stopping.promise])
    if (!first) return
    const messages = [first]
    // What is there already comes along; one second is only the bound of an empty answer.
    const waiting = Math.min(first.info.pending, BATCH - 1)
    if (waiting > 0) {
      for await (const message of await consumer.fetch({ max_messages: waiting, expires: 1_000 }))
        messages.push(message)
    }
    try {
      await handle(messages)
    } catch (error) {
      for (const message of messages) message.nak(500)
      throw error
    }
    for (const message of messages) message.ack()
  }

  return {
    async stop() {
      stopped = true
      stopping.resolve()
      await running
    },
  }
}
