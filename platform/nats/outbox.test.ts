import { cloneDatabase, startTestNats, type TestDatabase, type TestNats } from '@constellation/local/testing.ts'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openDatabase } from '../database/database.ts'
import { STREAMS } from '../events/subjects.ts'
import { createLogger } from '../log.ts'
import { startConsumer } from './consume.ts'
import { linkNats, type NatsLink } from './nats.ts'
import { startOutbox } from './outbox.ts'

const log = createLogger('test', 'silent')
let database: TestDatabase
let server: TestNats
let link: NatsLink
let nats: NatsConnection
let pool: Pool
let close: () => Promise<void>

beforeAll(async () => {
  database = await cloneDatabase()
  server = await startTestNats()
  link = linkNats(server.servicesUrl, 'test', log)
  nats = await link.connection
  const opened = await openDatabase(database.urls.gpus, { schema: 'gpus', entities: [], log })
  pool = opened.pool
  close = () => opened.orm.close(true)
})
afterAll(async () => {
  await nats.close()
  await close()
  await server.stop()
  await database.drop()
})

async function write(count: number, from = 0) {
  await pool.query(
    `INSERT INTO events (type, payload, subject) SELECT 'test', jsonb_build_object('n', n), 'events.test' FROM generate_series($1::int, $2::int) n`,
    [from, from + count - 1],
  )
}

const unpublished = async () =>
  Number((await pool.query('SELECT count(*) FROM events WHERE published_at IS NULL')).rows[0].count)

async function published(): Promise<number[]> {
  const manager = await jetstreamManager(nats)
  const { state } = await manager.streams.info(STREAMS.EVENTS.name)
  const numbers: number[] = []
  for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
    numbers.push((await manager.streams.getMessage(STREAMS.EVENTS.name, { seq }))?.json<{ n: number }>().n ?? -1)
  }
  return numbers
}

test('events are published in order, each once, also by two relays at the same time and when marking was cut short', async () => {
  const relays = [
    startOutbox({ service: 'gpus', pool, nats: link, log }),
    startOutbox({ service: 'gpus', pool, nats: link, log }),
  ]
  await write(1200)
  for (const relay of relays) relay.wake()
  await vi.waitUntil(async () => (await unpublished()) === 0, { timeout: 10_000 })
  // As if the relay had died after publishing and before marking.
  await pool.query('UPDATE events SET published_at = NULL WHERE id > 600')
  await write(10, 1200)
  relays[0]?.wake()
  await vi.waitUntil(async () => (await unpublished()) === 0, { timeout: 10_000 })
  await Promise.all(relays.map((relay) => relay.stop()))
  expect(await published()).toEqual(Array.from({ length: 1210 }, (_, i) => i))
})

test('a consumer gets again what it could not handle, and what came while it was away', async () => {
  const handled: string[] = []
  let failures = 1
  const consume = () =>
    startConsumer({
      nats: link,
      stream: STREAMS.EVENTS.name,
      durable: 'test',
      subject: 'events.consumed',
      log,
      async handle(messages) {
        if (failures-- > 0) throw new Error('not yet')
        handled.push(...messages.map((message) => message.string()))
      },
    })
  const first = consume()
  await jetstream(nats).publish('events.consumed', 'a')
  await vi.waitUntil(() => handled.length === 1, { timeout: 10_000 })
  await first.stop()
  await jetstream(nats).publish('events.consumed', 'b')
  const second = consume()
  await vi.waitUntil(() => handled.length === 2, { timeout: 10_000 })
  await second.stop()
  expect(handled).toEqual(['a', 'b'])
})
