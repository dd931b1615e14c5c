// The gateway's one connection to NATS. It may come late, go and come back: who listens goes on listening.

import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@constellation/platform/log.ts'
import { connectNats, OldNats, type StreamSettings } from '@constellation/platform/nats/nats.ts'
import type { NatsConnection, Subscription } from '@nats-io/nats-core'

export interface Listening {
  /**
   * Resolves when every message from now on will arrive, so that what is read after it is followed
   * without a gap. With NATS away it resolves at once: `onReconnect` then tells when to read again.
   */
  ready: Promise<void>
  stop(): void
}

export interface NatsLink {
  /** Resolves when NATS was reached for the first time; from then on the connection mends itself. */
  readonly connection: Promise<NatsConnection>
  subscribe(subject: string, onMessage: (data: Uint8Array) => void): Listening
  /** Calls back whenever messages may have been missed and now arrive again. Returns how to stop that. */
  onReconnect(listener: () => void): () => void
  /** `ok`, or a sentence, within this many milliseconds. */
  health(limitMs: number): Promise<string>
  /** How many subjects are subscribed to. */
  subscriptions(): number
  close(): Promise<void>
}

interface Wish {
  subject: string
  onMessage: (data: Uint8Array) => void
  subscription?: Subscription
}

/** Who watches something waits no longer than this for NATS, in milliseconds. */
const CONFIRM_LIMIT_MS = 1_000

/** Connects in the background: a gateway answers queries without NATS. */
export function linkNats(servers: string, log: Logger, settings?: StreamSettings): NatsLink {
  const wishes = new Set<Wish>()
  const listeners = new Set<() => void>()
  let connection: NatsConnection | undefined
  const connected = Promise.withResolvers<NatsConnection>()
  let state = 'not connected yet'
  let closed = false

  connectNats(servers, 'gateway', settings)
    .then(attach)
    .catch((error: unknown) => {
      state = error instanceof OldNats ? error.message : 'the connection failed'
      log.error({ err: error }, 'the connection to NATS failed')
    })

  async function attach(made: NatsConnection): Promise<void> {
    if (closed) return await made.close()
    connection = made
    connected.resolve(made)
    for (const wish of wishes) fulfil(made, wish, log)
    await announce(made)
    for await (const status of made.status()) {
      if (status.type === 'disconnect') state = 'the connection is lost'
      if (status.type === 'reconnect') await announce(made)
      if (status.type === 'disconnect' || status.type === 'error') log.warn({ status }, 'there is trouble with NATS')
    }
  }

  /** Tells everybody that messages arrive (again), once the server has taken the subscriptions. */
  async function announce(made: NatsConnection): Promise<void> {
    state = 'ok'
    await confirmed(made)
    notify()
  }

  const notify = () => [...listeners].map((listener) => listener())

  return {
    connection: connected.promise,
    subscribe(subject, onMessage) {
      const wish: Wish = { subject, onMessage }
      wishes.add(wish)
      if (connection) fulfil(connection, wish, log)
      return {
        ready: connection && state === 'ok' ? confirmedInTime(connection, notify) : Promise.resolve(),
        stop() {
          wishes.delete(wish)
          wish.subscription?.unsubscribe()
        },
      }
    },
    onReconnect(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async health(limitMs) {
      if (!connection || state !== 'ok') return state
      const answered = connection.flush().then(
        () => state,
        () => 'the connection is lost',
      )
      return Promise.race([answered, delay(limitMs, 'it does not answer', { ref: false })])
    },
    subscriptions: () => wishes.size,
    async close() {
      closed = true
      await connection?.close()
    },
  }
}

function fulfil(connection: NatsConnection, wish: Wish, log: Logger): void {
  wish.subscription = connection.subscribe(wish.subject, {
    callback: (error, message) => {
      if (error) log.error({ err: error, subject: wish.subject }, 'NATS refused a subscription')
      else wish.onMessage(message.data)
    },
  })
}

/** As `confirmed`, but with a server that does not answer it resolves all the same, and `onLate` follows when that has answered. */
function confirmedInTime(connection: NatsConnection, onLate: () => void): Promise<void> {
  return new Promise((resolve) => {
    let late = false
    const timer = setTimeout(() => {
      late = true
      resolve()
    }, CONFIRM_LIMIT_MS)
    void confirmed(connection).then(() => {
      clearTimeout(timer)
      if (late) onLate()
      resolve()
    })
  })
}

/** Resolves when the server has taken all that was sent, or the connection is lost: `onReconnect` follows that. */
async function confirmed(connection: NatsConnection): Promise<void> {
  try {
    await connection.flush()
  } catch {
    // Lost. Whoever waits for this reads now, and again after the reconnect.
  }
}
