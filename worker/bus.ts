// The worker's side of NATS. Nothing waits for NATS but what is published durably: a run's log.

import type { Logger } from '@constellation/platform/log.ts'
import { connectNats } from '@constellation/platform/nats/nats.ts'
import { type JetStreamClient, jetstream } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { unlessAborted } from './pace/unless-aborted.ts'

interface DurableMessage {
  /** JetStream keeps one message of an id. */
  id: string
  bytes: Uint8Array
}

export interface Bus {
  /** Calls `wake` with each message's text, from the moment that there is a connection. */
  onMessage(subject: string, wake: (text: string) => void): void
  /** Publishes if there is a connection, and otherwise does not. */
  publish(subject: string, text: string): void
  /** Publishes to JetStream, and returns when all of it is acknowledged. Waits as long as it takes. Rejects when `signal` says so. */
  publishDurably(subject: string, messages: readonly DurableMessage[], signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

const PAUSE_MS = 500

/** `servers` is asked for a URL with a login at each connection. */
export function openBus(servers: () => string, name: string, log: Logger): Bus {
  let connection: NatsConnection | undefined
  let online = Promise.withResolvers<JetStreamClient>()
  let connected = false
  let closed = false

  const connect = async () => {
    connection = await connectNats(servers, name)
    if (closed) return connection.close()
    const stream = jetstream(connection, { timeout: 5_000 })
    connected = true
    online.resolve(stream)
    for await (const { type } of connection.status()) {
      if (type !== 'disconnect' && type !== 'reconnect') continue
      log.info(`NATS: ${type}`)
      connected = type === 'reconnect'
      if (connected) online.resolve(stream)
      else online = Promise.withResolvers()
    }
  }
  const connecting = connect()
  connecting.catch((error) => log.error({ err: error }, 'there is no connection to NATS, and none will be made'))

  return {
    onMessage: (subject, wake) => {
      void online.promise.then(() =>
        connection?.subscribe(subject, { callback: (_, message) => wake(message.string()) }),
      )
    },
    publish: (subject, text) => {
      // Without a connection the client would keep it in memory.
      if (connected && !closed) connection?.publish(subject, text)
    },
    publishDurably: async (subject, messages, signal) => {
      for (let left = messages; left.length > 0; ) {
        const js = await unlessAborted(online.promise, signal)
        const [failed, fault] = await publishAll(js, subject, left)
        left = failed
        if (fault === undefined) continue
        log.warn({ err: fault, subject }, `${failed.length} messages were not stored; trying again`)
        await unlessAborted(new Promise((resolve) => setTimeout(resolve, PAUSE_MS)), signal)
      }
    },
    close: async () => {
      closed = true
      await connection?.close()
    },
  }
}

/** Publishes all at once. Returns those that were not acknowledged, and why the first was not. */
async function publishAll(
  js: JetStreamClient,
  subject: string,
  messages: readonly DurableMessage[],
): Promise<[readonly DurableMessage[], unknown]> {
  const results = await Promise.allSettled(messages.map(({ id, bytes }) => js.publish(subject, bytes, { msgID: id })))
  const failed = messages.filter((_, index) => results[index]?.status === 'rejected')
  const fault = results.find((result) => result.status === 'rejected')?.reason
  return [failed, fault]
}
