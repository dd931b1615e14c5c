import { startTestNats, type TestNats } from '@constellation/local/testing.ts'
import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { STREAMS } from '../events/subjects.ts'
import { connectNats, ensureStreams } from './nats.ts'
import { publishBatch } from './publish-batch.ts'

let server: TestNats
let nats: NatsConnection
beforeAll(async () => {
  server = await startTestNats()
  nats = await connectNats(server.servicesUrl, 'test')
  await ensureStreams(nats)
})
afterAll(async () => {
  await nats.close()
  await server.stop()
})

const message = (n: number, subject = 'events.test') => ({ subject, id: `test-${n}`, text: JSON.stringify({ n }) })

test('a batch is there when it returns, in its order, and once however often it is published', async () => {
  const batch = Array.from({ length: 1_000 }, (_, n) => message(n))
  await publishBatch(nats, batch, 5_000)
  await publishBatch(nats, batch, 5_000)
  const manager = await jetstreamManager(nats)
  const { state } = await manager.streams.info(STREAMS.EVENTS.name)
  expect(state.messages).toBe(1_000)
  const at = async (seq: number) => (await manager.streams.getMessage(STREAMS.EVENTS.name, { seq }))?.json()
  expect([await at(state.first_seq), await at(state.last_seq)]).toEqual([{ n: 0 }, { n: 999 }])
})

test('a message that no stream takes fails the batch at once', async () => {
  await expect(publishBatch(nats, [message(5_000, 'nobody.listens')], 60_000)).rejects.toThrow(/no stream/)
})

test('a server that does not answer in time fails the batch', async () => {
  // Somebody hears it, and says nothing.
  const silent = nats.subscribe('silence')
  await expect(publishBatch(nats, [message(5_001, 'silence')], 50)).rejects.toThrow(/not acknowledged 1 of 1/)
  silent.unsubscribe()
})
