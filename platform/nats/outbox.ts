// Publishes a service's `events` table to JetStream, in order, at least once. Changes write their event
// in their own transaction; this relay is the only one that publishes it, so an event is never announced
// before it is true and never forgotten after.
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Pool, PoolClient } from 'pg'
import { query } from '../database/database.ts'
import { SUBJECTS } from '../events/subjects.ts'
import type { Logger } from '../log.ts'
import { atScrape } from '../metrics/serve-metrics.ts'
import { eventsPublished, outboxLag, outboxWaiting, publishDelay } from '../metrics/service-metrics.ts'
import { noteSpan } from '../tracing/trace.ts'
import { ensureStreams, type NatsLink } from './nats.ts'
import { publishBatch } from './publish-batch.ts'

const BATCH = 500
/** The slow look behind the wake-ups, in milliseconds: a lost wake-up costs at most this. */
const POLL_MS = 1_000
/** So long after it has published, what happens waits for what else happens meanwhile, in milliseconds. */
const LINGER_MS = 3
/** How long JetStream may take to say that it has an event, in milliseconds. */
const PUBLISH_LIMIT_MS = 2_000

interface Outbox {
  /** To be called after a commit that wrote events, from any process of the service. */
  wake(): void
  stop(): Promise<void>
}

/** An event that was published. */
export interface PublishedEvent {
  type: string
  payload: object
  ts: Date
}

interface PendingEvent extends PublishedEvent {
  id: string
  subject: string
  /** What it follows from, where that is traced. */
  traceparent: string | null
}

/** Starts the relay of one service. Of several processes of a service one publishes at a time. */
export function startOutbox(options: {
  service: string
  pool: Pool
  nats: NatsLink
  log: Logger
  /** The view that makes messages of the rows of `events`, where these are not messages themselves. */
  messages?: string
  /** True where the view has a column `traceparent`. */
  traced?: boolean
  /** Hears of each event once it was published: for what is counted of them. */
  onPublished?: (event: PublishedEvent) => void
}): Outbox {
  const { service, pool, nats, log, messages = 'events', traced = false, onPublished } = options
  const relay: Relay = { service, view: messages, columns: columnsOf(traced), onPublished }
  let wanted = true
  let stopped = false
  let signal = Promise.withResolvers<void>()
  const wakeHere = () => {
    wanted = true
    signal.resolve()
  }

  const unsubscribe = nats.subscribe(SUBJECTS.wakeOutbox(service), wakeHere)
  const timer = setInterval(wakeHere, POLL_MS)
  const stopping = Promise.withResolvers<undefined>()
  const stopTelling = atScrape([outboxWaiting, outboxLag], () => tellWaiting(pool))

  const running = (async () => {
    const connection = await Promise.race([nats.connection, stopping.promise])
    if (!connection) return
    let streamsAreThere = false
    let failing = false
    let publishedAt = Number.NEGATIVE_INFINITY
    while (!stopped) {
      if (!wanted) await signal.promise
      // What happens alone goes at once, and what happens together goes together.
      const early = publishedAt + LINGER_MS - performance.now()
      if (early > 0) await delay(early)
      // Whoever waits to be served goes first.
      await turn()
      signal = Promise.withResolvers<void>()
      wanted = false
      if (stopped) return
      try {
        if (!streamsAreThere) await ensureStreams(connection)
        streamsAreThere = true
        await publishPending(pool, connection, relay)
        failing = false
      } catch (error) {
        // NATS may have lost its streams with its disk.
        streamsAreThere = false
        // The events stay in the table, and the next look finds them.
        if (!stopped && !failing) log.warn({ err: error }, 'events wait to be published')
        failing = true
      }
      publishedAt = performance.now()
    }
  })()

  return {
    wake() {
      wakeHere()
      // Another process of this service may hold the lock: it must look too.
      nats.publish(SUBJECTS.wakeOutbox(service))
    },
    async stop() {
      stopped = true
      clearInterval(timer)
      stopTelling()
      unsubscribe()
      stopping.resolve(undefined)
      signal.resolve()
      await running
    },
  }
}

function columnsOf(traced: boolean): string {
  return `id, type, payload, ts, subject, ${traced ? 'traceparent' : 'NULL::text AS traceparent'}`
}

/** Whose events are published, and by which view of them. */
interface Relay {
  service: string
  view: string
  /** Of the view, as SQL. */
  columns: string
  onPublished: ((event: PublishedEvent) => void) | undefined
}

async function tellWaiting(pool: Pool): Promise<void> {
  const [row] = await query<{ waiting: number; lag: number }>(
    pool,
    'outbox-waiting',
    `SELECT count(*)::integer AS waiting, coalesce(extract(epoch FROM now() - min(ts)), 0)::double precision AS lag
     FROM (SELECT ts FROM events WHERE published_at IS NULL ORDER BY id LIMIT 10000) e`,
  )
  outboxWaiting.set(row?.waiting ?? 0)
  outboxLag.set(Math.max(0, row?.lag ?? 0))
}

/**
 * The rows that wait come and go, so what the planner knows of them is always out of date: it would read and sort all
 * of them for each batch, in place of following the index that has them in their order.
 */
const BY_INDEX = 'SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off'
const AS_PLANNED = 'RESET enable_seqscan; RESET enable_bitmapscan; RESET enable_sort'

/** Publishes until nothing is pending; returns at once where another process is at it. */
async function publishPending(pool: Pool, nats: NatsConnection, relay: Relay): Promise<void> {
  const { service } = relay
  const client = await pool.connect()
  const lock = `outbox:${service}`
  let broken: Error | undefined
  try {
    const pending = await takeLock(client, lock, relay)
    if (!pending) return
    try {
      await publish(client, nats, relay, pending)
      if (pending.length === BATCH) await publishMany(client, nats, relay)
    } finally {
      await query(client, 'outbox-unlock', 'SELECT pg_advisory_unlock(hashtext($1))', [lock])
    }
  } catch (error) {
    // Closing the connection gives the lock back whatever happened.
    broken = error instanceof Error ? error : new Error(String(error))
    throw error
  } finally {
    client.release(broken)
  }
}

/**
 * The oldest pending events once the lock is held, or undefined where another process holds it. One turn to the database
 * for both, as somebody waits for every event: it may see as pending what another process has just published, which
 * JetStream then knows by its id.
 */
async function takeLock(
  client: PoolClient,
  lock: string,
  { view, columns }: Relay,
): Promise<PendingEvent[] | undefined> {
  const rows = await query<{ held: boolean } & (PendingEvent | { id: null })>(
    client,
    'outbox-lock',
    `WITH lock AS MATERIALIZED (SELECT pg_try_advisory_lock(hashtext($1)) AS held)
     SELECT lock.held, e.* FROM lock LEFT JOIN LATERAL (
       SELECT ${columns} FROM ${view} WHERE published_at IS NULL AND lock.held ORDER BY id LIMIT $2
     ) e ON true ORDER BY e.id`,
    [lock, BATCH],
  )
  return rows[0]?.held ? rows.filter((row) => row.id !== null) : undefined
}

/** Publishes until nothing is pending. */
async function publishMany(client: PoolClient, nats: NatsConnection, relay: Relay): Promise<void> {
  await client.query(BY_INDEX)
  try {
    for (;;) {
      const rows = await query<PendingEvent>(
        client,
        'outbox-pending',
        `SELECT ${relay.columns} FROM ${relay.view} WHERE published_at IS NULL ORDER BY id LIMIT $1`,
        [BATCH],
      )
      await publish(client, nats, relay, rows)
      if (rows.length < BATCH) return
    }
  } finally {
    await client.query(AS_PLANNED)
  }
}

/** Publishes these events and marks them. */
async function publish(
  client: PoolClient,
  nats: NatsConnection,
  { service, onPublished }: Relay,
  rows: readonly PendingEvent[],
): Promise<void> {
  if (rows.length === 0) return
  const messages = rows.map(({ id, type, payload, ts, subject, traceparent }) => {
    const eventId = `${service}-${id}`
    // From what happened until it is on its way.
    const from = ts.getTime()
    const told = {
      parent: traceparent,
      kind: 'producer',
      from,
      to: Date.now(),
      attributes: { 'messaging.id': eventId },
    } as const
    const text = JSON.stringify({ ...payload, id: eventId, type, ts })
    return { subject, id: eventId, text, traceparent: noteSpan(`publish ${type}`, told) }
  })
  // All at once over one connection: the server takes them in this order.
  await publishBatch(nats, messages, PUBLISH_LIMIT_MS)
  await query(
    client,
    'outbox-mark',
    'UPDATE events SET published_at = now() WHERE id = ANY ($1) AND published_at IS NULL',
    [rows.map((row) => row.id)],
  )
  for (const row of rows) {
    eventsPublished.inc({ type: row.type })
    publishDelay.observe(Math.max(0, Date.now() - row.ts.getTime()) / 1_000)
    onPublished?.(row)
  }
}
