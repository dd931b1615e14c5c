// The connection to NATS, and how a message's bytes become a checked value.
import { JetStreamApiError, jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream'
import {
  connect,
  createInbox,
  jwtAuthenticator,
  type Msg,
  type NatsConnection,
  nanos,
  type Subscription,
} from '@nats-io/transport-node'
import * as v from 'valibot'
import { STREAMS } from '../events/subjects.ts'
import { versionFault } from '../least-versions.ts'
import type { Logger } from '../log.ts'
import { natsConnected } from '../metrics/metrics.ts'
import { atScrape } from '../metrics/serve-metrics.ts'
import { fromPassword } from './nats-credentials.ts'

/** How whoever connects makes streams. */
export interface StreamSettings {
  /** On how many servers of a cluster; left out, a stream that is there stays as it is. */
  streamReplicas?: number | undefined
  /** How much of the stream of events is kept, in bytes; left out, as `STREAMS` has it. */
  eventBytes?: number | undefined
}

/** Of a program's own settings. */
export function streamSettingsOf(config: {
  JETSTREAM_REPLICAS?: number | undefined
  JETSTREAM_EVENTS_GIB?: number | undefined
}): StreamSettings {
  const { JETSTREAM_REPLICAS: streamReplicas, JETSTREAM_EVENTS_GIB: gib } = config
  return { streamReplicas, ...(gib !== undefined && { eventBytes: gib * 2 ** 30 }) }
}

/**
 * Connects, and goes on reconnecting for as long as the process lives: with NATS down, work goes on
 * and only the watching is late. `servers` carries the user and password in its URL, or is a function that says which
 * ones hold by now: it is asked at each connection, and names the same server and user each time.
 * @throws OldNats where the server is too old
 */
export async function connectNats(
  servers: string | (() => string),
  name: string,
  settings: StreamSettings = {},
): Promise<NatsConnection> {
  const present = typeof servers === 'string' ? () => servers : servers
  const url = new URL(present())
  const user = decodeURIComponent(url.username)
  // Each user's answers come on subjects of its own, so that permissions keep them from the others.
  const inboxPrefix = user ? `_INBOX_${user}` : '_INBOX'
  const nats = await connect({
    servers: url.host,
    ...natsLogin(present),
    inboxPrefix,
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    waitOnFirstConnect: true,
    ignoreAuthErrorAbort: true,
  })
  const fault = versionFault('NATS', nats.info?.version ?? '')
  if (fault !== undefined) {
    await nats.close()
    throw new OldNats(fault)
  }
  inboxPrefixes.set(nats, inboxPrefix)
  streamSettings.set(nats, settings)
  void watchConnection(nats)
  return nats
}

/** A server that lacks what we use: it may leave out silently what it does not know. */
export class OldNats extends Error {}

/** Whether each connection of this process is up. One that is closed does not count any more. */
const isUp = new Map<NatsConnection, boolean>()
atScrape([natsConnected], () => natsConnected.set(isUp.size > 0 && [...isUp.values()].every(Boolean) ? 1 : 0))

async function watchConnection(nats: NatsConnection): Promise<void> {
  isUp.set(nats, true)
  for await (const { type } of nats.status()) {
    if (type === 'disconnect' || type === 'reconnect') isUp.set(nats, type === 'reconnect')
  }
  isUp.delete(nats)
}

/** What a URL's user shows a server: a password, or credentials of NATS's own kind in the place of one. */
export function natsLogin(present: () => string): Parameters<typeof connect>[0] {
  const { username, password } = new URL(present())
  if (username === '') return {}
  const credentials = () => fromPassword(decodeURIComponent(new URL(present()).password))
  if (!credentials()) return { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  return {
    authenticator: jwtAuthenticator(
      () => credentials()?.jwt ?? '',
      () => Buffer.from(credentials()?.seed ?? ''),
    ),
  }
}

const inboxPrefixes = new WeakMap<NatsConnection, string>()
const streamSettings = new WeakMap<NatsConnection, StreamSettings>()

/** A new subject for answers, which the connection's user may hear. */
export function inboxOf(nats: NatsConnection): string {
  return createInbox(inboxPrefixes.get(nats))
}

/** A service's way to NATS, which may be away: the service answers all the same. */
export interface NatsLink {
  /** Resolves when the server was reached for the first time; from then on the connection mends itself. */
  readonly connection: Promise<NatsConnection>
  /** Says something on core NATS. It may be lost while the server is away, so whatever depends on it polls too. */
  publish(subject: string, data?: string): void
  /**
   * Hears what is said on a subject while the server is there; of those who name the same `queue`, one hears each
   * message. Returns how to stop that.
   */
  subscribe(subject: string, onMessage: (message: Msg) => void, options?: { queue: string }): () => void
  /** @throws Error while the server does not answer */
  check(): Promise<void>
  close(): Promise<void>
}

/** After this long without a connection it is said so, in milliseconds. */
const PATIENCE_MS = 5_000

/** Connects in the background. */
export function linkNats(servers: string, name: string, log: Logger, settings?: StreamSettings): NatsLink {
  let connected: NatsConnection | undefined
  let closed = false
  let fault: string | undefined
  const late = setTimeout(() => log.warn(`NATS cannot be reached at ${new URL(servers).host}; trying on`), PATIENCE_MS)
  const connection = connectNats(servers, name, settings).then(
    async (nats) => {
      clearTimeout(late)
      if (closed) await nats.close()
      connected = nats
      return nats
    },
    (error: unknown) => {
      if (!(error instanceof OldNats)) throw error
      clearTimeout(late)
      fault = error.message
      log.error(`${fault} The service goes on without NATS, and is not well.`)
      // As while there is none at all.
      return new Promise<never>(() => {})
    },
  )
  connection.catch(ignore)
  return {
    connection,
    publish(subject, data) {
      if (connected && !connected.isClosed()) connected.publish(subject, data)
    },
    subscribe(subject, onMessage, options) {
      let stopped = false
      let subscription: Subscription | undefined
      connection.then((nats) => {
        if (!stopped)
          subscription = nats.subscribe(subject, {
            ...options,
            callback(error, message) {
              if (error) log.error({ err: error, subject }, 'NATS refused a subscription')
              else onMessage(message)
            },
          })
      }, ignore)
      return () => {
        stopped = true
        subscription?.unsubscribe()
      }
    },
    async check() {
      if (!connected) throw new Error(fault ?? 'not connected yet')
      await connected.flush()
    },
    async close() {
      closed = true
      clearTimeout(late)
      await connected?.close()
    },
  }
}

/** Whoever needs the connection waits for it and hears of its failure. */
function ignore(): void {}

/** JetStream's error for a stream that is there with other settings. */
const STREAM_EXISTS = 10_058

/** Makes the streams where they are missing, and gives them the settings of this release. Safe to call from every service at once. */
export async function ensureStreams(nc: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(nc)
  const { streamReplicas: replicas, eventBytes } = streamSettings.get(nc) ?? {}
  for (const { name, subjects, maxAgeDays, maxBytes } of Object.values(STREAMS)) {
    const settings = {
      subjects: [...subjects],
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      max_age: nanos(maxAgeDays * 86_400_000),
      max_bytes: name === STREAMS.EVENTS.name ? (eventBytes ?? maxBytes) : maxBytes,
      duplicate_window: nanos(120_000),
      ...(replicas !== undefined && { num_replicas: replicas }),
    }
    try {
      await manager.streams.add({ name, ...settings })
    } catch (error) {
      // An earlier release made it with other settings.
      if (!(error instanceof JetStreamApiError) || error.code !== STREAM_EXISTS) throw error
      await manager.streams.update(name, settings)
    }
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** The value in a message's bytes, or the reason why it is none. */
export function decode<const Schema extends v.GenericSchema>(
  schema: Schema,
  bytes: Uint8Array,
): { value: v.InferOutput<Schema> } | { fault: string } {
  let json: unknown
  try {
    json = JSON.parse(UTF8.decode(bytes))
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'not JSON' }
  }
  const result = v.safeParse(schema, json)
  if (result.success) return { value: result.output }
  return { fault: result.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`).join('; ') }
}
