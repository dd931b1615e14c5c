import { randomUUID } from 'node:crypto'
import { freePort } from '@constellation/local/free-port.ts'
import { type Nats, natsUrls, startNats } from '@constellation/local/nats/nats-server.ts'
import { makeSecrets } from '@constellation/local/secrets.ts'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import type { AuditRecord } from '@constellation/platform/events/audit-record.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { connectNats, ensureStreams, linkNats } from '@constellation/platform/nats/nats.ts'
import { afterAll, expect, test } from 'vitest'
import { startOutbound } from './outbound.ts'

let home: string
let nats: Nats | undefined
afterAll(async () => {
  await nats?.stop()
  await removeTestHome(home)
})

const record = (action: string): AuditRecord => ({
  id: randomUUID(),
  at: '2026-01-31T12:00:00.000Z',
  who: 'alice',
  role: 'user',
  address: null,
  via: 'http',
  action,
  targets: [],
  arguments: {},
  outcome: 'done',
  error: null,
  requestId: 'r',
  count: 1,
})

test('what happens before there is NATS, and before there is a stream, is sent when there is', async () => {
  home = await makeTestHome()
  const { nats: keys } = makeSecrets()
  const port = await freePort()
  const log = createLogger('test', 'silent')
  const link = linkNats(natsUrls(keys, port).gateway, 'test', log)
  const outbound = await startOutbound(link, log)
  const actions = Array.from({ length: 250 }, (_, n) => `change ${n}`)
  for (const action of actions) outbound.put(record(action))

  nats = await startNats({ home, keys, port, log: () => {} })
  const services = await connectNats(nats.urls.services, 'test')
  const heard = services.subscribe(SUBJECTS.audit)
  await ensureStreams(services)
  const order: string[] = []
  for await (const message of heard) {
    const { action } = message.json<AuditRecord>()
    // Before the stream is there, a batch is said in vain, and said again.
    if (!order.includes(action)) order.push(action)
    if (order.length === actions.length) break
  }
  expect(order).toEqual(actions)
  await outbound.stop()
  await link.close()
  await services.close()
})
