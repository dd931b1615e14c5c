// The connection to NATS, and how a message's bytes become a checked value.
import { jetstreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream'
import { connect, type NatsConnection, nanos } from '@nats-io/transport-node'
import * as v from 'valibot'
import { STREAMS } from './events.ts'

/**
 * Connects, and goes on reconnecting for as long as the process lives: with NATS down, work goes on
 * and only the watching is late. `servers` carries the user and password in its URL.
 */
export async function connectNats(servers: string, name: string): Promise<NatsConnection> {
  const url = new URL(servers)
  const user = decodeURIComponent(url.username)
  return connect({
    servers: url.host,
    ...(user && { user, pass: decodeURIComponent(url.password) }),
    // Each user's answers come on subjects of its own, so that permissions keep them from the others.
    ...(user && { inboxPrefix: `_INBOX_${user}` }),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    waitOnFirstConnect: true,
    ignoreAuthErrorAbort: true,
  })
}

/** Makes the streams where they are missing. Safe to call from every service at once. */
export async function ensureStreams(nc: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(nc)
  for (const { name, subjects, maxAgeDays, maxBytes } of Object.values(STREAMS)) {
    await manager.streams.add({
      name,
      subjects: [...subjects],
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      max_age: nanos(maxAgeDays * 86_400_000),
      max_bytes: maxBytes,
      duplicate_window: nanos(120_000),
    })
  }
}

/** The value in a message's bytes, or the reason why it is none. */
export function decode<const Schema extends v.GenericSchema>(
  schema: Schema,
  bytes: Uint8Array,
): { value: v.InferOutput<Schema> } | { fault: string } {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'not JSON' }
  }
  const result = v.safeParse(schema, json)
  if (result.success) return { value: result.output }
  return { fault: result.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`).join('; ') }
}
