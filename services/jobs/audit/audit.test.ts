import { randomUUID } from 'node:crypto'
import { startTestNats, type TestNats } from '@constellation/local/testing.ts'
import type { AuditRecord } from '@constellation/platform/events/audit-record.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { linkNats, type NatsLink } from '@constellation/platform/nats/nats.ts'
import { jetstream } from '@nats-io/jetstream'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { insertAuditRecords } from '../sql/audit-log.ts'
import { admin, type Bench, log, openBench } from '../testing.ts'
import { listAuditLog } from './list.ts'
import { startAuditStore } from './store.ts'

let bench: Bench
let server: TestNats
let nats: NatsLink
beforeAll(async () => {
  bench = await openBench()
  server = await startTestNats()
  nats = linkNats(server.servicesUrl, 'test', log)
})
afterAll(async () => {
  await nats?.close()
  await server?.stop()
  await bench?.close()
})

function record(changes: Partial<AuditRecord>): AuditRecord {
  return {
    id: randomUUID(),
    at: '2026-01-31T12:00:00.000Z',
    who: 'alice',
    role: 'user',
    address: null,
    via: 'http',
    action: 'cancelJob',
    targets: ['j1'],
    arguments: { id: 'j1' },
    outcome: 'done',
    error: null,
    requestId: 'r1',
    count: 1,
    ...changes,
  }
}

const listed = async (filter: Parameters<typeof listAuditLog>[1], first = 50, after?: string) =>
  listAuditLog(bench.as(admin), filter, first, after)
const idsOf = ({ nodes }: Awaited<ReturnType<typeof listed>>) => nodes.map(({ id }) => id)

test('what comes from the gateway is kept once, and what is no record is left out', async () => {
  const store = startAuditStore({ pool: bench.database.pool, nats, log })
  const [first, last] = [record({ who: 'stored' }), record({ who: 'stored', at: '2026-01-31T12:00:01.000Z' })]
  const stream = jetstream(await nats.connection)
  await vi.waitFor(() => stream.publish(SUBJECTS.audit, JSON.stringify(first)))
  for (const message of [first, { ...first, outcome: 'odd' }, last]) {
    await stream.publish(SUBJECTS.audit, JSON.stringify(message))
  }
  await vi.waitFor(async () => expect(idsOf(await listed({ who: 'stored' }))).toEqual([last.id, first.id]))
  await store.stop()
})

test('texts that PostgreSQL cannot store are kept as far as they can be', async () => {
  const odd = record({ who: 'odd', arguments: { name: 'a\0b\ud800c' } })
  await insertAuditRecords(bench.database.pool, [odd])
  const { nodes } = await listed({ who: 'odd' })
  expect(nodes.map((node) => JSON.parse(node.arguments))).toEqual([{ name: 'a\ufffdb\ufffdc' }])
})

test('it is read by person, action, outcome and time, the newest first, by pages', async () => {
  const at = (second: number) => `2026-02-01T00:00:0${second}.000Z`
  const rows = [
    record({ who: 'paul', at: at(1), action: 'saveSecret' }),
    record({ who: 'paul', at: at(2), outcome: 'refused', error: 'FORBIDDEN' }),
    record({ who: 'paul', at: at(3), outcome: 'failed', error: 'BAD_USER_INPUT', via: 'rest' }),
  ]
  const [one, two, three] = rows.map(({ id }) => id)
  await insertAuditRecords(bench.database.pool, rows)
  expect(idsOf(await listed({ who: 'paul' }))).toEqual([three, two, one])
  expect(idsOf(await listed({ who: 'paul', action: 'saveSecret' }))).toEqual([one])
  expect(idsOf(await listed({ who: 'paul', outcome: 'REFUSED' }))).toEqual([two])
  expect(idsOf(await listed({ who: 'paul', from: at(2), to: at(3) }))).toEqual([two])
  const page = await listed({ who: 'paul' }, 2)
  expect([idsOf(page), page.pageInfo.hasNextPage]).toEqual([[three, two], true])
  expect(idsOf(await listed({ who: 'paul' }, 2, page.pageInfo.endCursor ?? ''))).toEqual([one])
  expect((await listed({ who: 'paul' })).nodes[0]).toMatchObject({ at: at(3), via: 'REST', outcome: 'FAILED' })
  expect(idsOf(await listed({ who: 'pa\0ul' }))).toEqual([])
})

test.each(['UPDATE audit_log SET who = NULL', 'DELETE FROM audit_log', 'TRUNCATE audit_log'])(
  'nothing of it can be changed: %s is refused',
  async (statement) => {
    await insertAuditRecords(bench.database.pool, [record({})])
    await expect(bench.database.pool.query(statement)).rejects.toThrow('The audit log only grows')
  },
)
