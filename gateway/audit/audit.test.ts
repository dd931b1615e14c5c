import { type AuditRecord, auditRecord } from '@constellation/platform/events/audit-record.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { connectNats, decode, ensureStreams } from '@constellation/platform/nats/nats.ts'
import type { NatsConnection } from '@nats-io/nats-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nextOf, startTestGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway
let nats: NatsConnection
let records: AsyncIterator<AuditRecord>
beforeAll(async () => {
  gateway = await startTestGateway()
  nats = await connectNats(gateway.natsUrl, 'test')
  await ensureStreams(nats)
  // At once, so that nothing is missed.
  records = read(nats.subscribe(SUBJECTS.audit))
  await nats.flush()
})
afterAll(async () => {
  await nats?.close()
  await gateway?.stop()
})

async function* read(messages: AsyncIterable<{ data: Uint8Array }>) {
  for await (const { data } of messages) {
    const decoded = decode(auditRecord, data)
    if ('fault' in decoded) throw new Error(decoded.fault)
    yield decoded.value
  }
}

const JOB = {
  id: '0199a1b2-0000-7000-8000-000000000001',
  name: 'a job',
  state: 'RUNNING',
  version: 1,
  priority: 0,
  account: 'team-a',
  submittedBy: 'alice',
  createdAt: '2026-01-31T12:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  reason: null,
  cancelRequested: false,
}

test('a change is recorded field by field: who, what, to what and what came of it', async () => {
  gateway.services.world.jobs.set(JOB.id, JOB)
  const mutation =
    'mutation ($id: ID!) { one: cancelJob(id: $id) { job { id } } ...Rest } fragment Rest on Mutation { cancelJob(id: "x") { job { id } } }'
  await gateway.query(await gateway.as('alice'), mutation, { id: JOB.id })
  const [first, second] = [await nextOf(records), await nextOf(records)]
  expect(first).toMatchObject({
    who: 'alice',
    role: 'user',
    address: null,
    via: 'http',
    action: 'cancelJob',
    targets: [JOB.id],
    arguments: { id: JOB.id },
    outcome: 'done',
    error: null,
    count: 1,
  })
  expect(second).toMatchObject({ action: 'cancelJob', targets: ['x'], requestId: first.requestId })
})

test('reading is not recorded, and what a worker does is not either', async () => {
  await gateway.query(await gateway.as('alice'), '{ templates { name } }')
  await gateway.query(await gateway.as('worker-1', 'worker'), 'mutation { cancelJob(id: "w") { job { id } } }')
  await gateway.query(await gateway.as('bob'), 'mutation { cancelJob(id: "b") { job { id } } }')
  expect(await nextOf(records)).toMatchObject({ who: 'bob', targets: ['b'] })
})

test('who is not let in is recorded by address, and a subscription that is refused by its name', async () => {
  for (const _ of [1, 2, 3]) await fetch(`${gateway.url}/jobs`, { headers: { authorization: 'Bearer nonsense' } })
  expect(await nextOf(records)).toMatchObject({
    who: null,
    address: '127.0.0.1',
    via: 'rest',
    action: 'sign in',
    outcome: 'refused',
    error: 'UNAUTHENTICATED',
    count: 1,
  })
  const watching = gateway.subscribe(await gateway.as('worker-1', 'worker'), 'subscription { jobsChanged { id } }')
  await expect(watching.next()).rejects.toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
  await watching.return?.()
  expect(await nextOf(records)).toMatchObject({
    who: 'worker-1',
    action: 'jobsChanged',
    via: 'socket',
    error: 'FORBIDDEN',
  })
})
