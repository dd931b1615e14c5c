import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { STREAMS, SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { connectNats, ensureStreams, natsLogin } from '@constellation/platform/nats/nats.ts'
import { makeNatsUser, publicKeyOf, toPassword } from '@constellation/platform/nats/nats-credentials.ts'
import { natsUserOf } from '@constellation/platform/nats/worker-permissions.ts'
import { AckPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { repositoryRoot } from '../repository.ts'
import { makeSecrets } from '../secrets.ts'
import { makeTestHome, removeTestHome } from '../testing/test-home.ts'
import { NATS_USERS, type NatsUser, PERMISSIONS } from './nats-permissions.ts'
import { type Nats, startNats } from './nats-server.ts'

const { nats: keys } = makeSecrets()
let home: string
let nats: Nats
const open: NatsConnection[] = []
beforeAll(async () => {
  home = await makeTestHome()
  nats = await startNats({ home, keys, log: () => {} })
  const services = await connectAs('services')
  await ensureStreams(services)
  const manager = await jetstreamManager(services)
  await manager.consumers.add('LOGS', { durable_name: 'jobs-logs', ack_policy: AckPolicy.Explicit })
})
afterEach(async () => {
  for (const connection of open.splice(0)) await connection.close()
})
afterAll(async () => {
  await nats.stop()
  await removeTestHome(home)
})

async function connectAs(user: NatsUser): Promise<NatsConnection> {
  const connection = await connectNats(nats.urls[user], 'test')
  open.push(connection)
  return connection
}

/** What the server answers to `act`: an error of permissions, or nothing by the time that it has heard it. */
async function refusalOf(user: NatsUser, act: (connection: NatsConnection) => void): Promise<string | undefined> {
  return await refusalTo(await connectAs(user), act)
}

async function refusalTo(
  connection: NatsConnection,
  act: (connection: NatsConnection) => void,
): Promise<string | undefined> {
  let refusal: string | undefined
  void (async () => {
    for await (const status of connection.status()) if (status.type === 'error') refusal ??= status.error.message
  })()
  act(connection)
  await connection.flush()
  // The server says its error before it answers; the client passes it on a turn later.
  await setImmediate()
  return refusal
}

const publishing = (subject: string) => (connection: NatsConnection) => connection.publish(subject, 'x')
const hearing = (subject: string) => (connection: NatsConnection) =>
  void connection.subscribe(subject, { callback: () => {} })

const RUN = 'worker-local.0199a1b2-0000-7000-8000-000000000001'

/** What each says, and so nobody else may. */
const SAYS: Readonly<Record<string, NatsUser>> = {
  'events.jobs.1': 'jobs',
  'stored-logs.1': 'jobs',
  'queue.moved': 'jobs',
  'wake.queue': 'jobs',
  'wake.worker.worker-local': 'jobs',
  'wake.outbox.jobs': 'jobs',
  '$JS.API.CONSUMER.MSG.NEXT.LOGS.jobs-logs': 'jobs',
  '$JS.API.CONSUMER.MSG.NEXT.AUDIT.jobs-audit': 'jobs',
  '$JS.API.CONSUMER.MSG.NEXT.EVENTS.jobs-gpus': 'jobs',
  '$JS.API.CONSUMER.CREATE.EVENTS.jobs-gpus.events.gpus.*': 'jobs',
  '$JS.ACK.EVENTS.jobs-gpus.1.1.1.1.0': 'jobs',
  'events.gpus.1': 'gpus',
  'events.workers.1': 'gpus',
  'events.usage.1': 'usage',
  'events.usage.budgets.1': 'usage',
  'budgets.holds': 'usage',
  '$JS.API.CONSUMER.MSG.NEXT.EVENTS.usage-ledger': 'usage',
  'audit.gateway': 'gateway',
  '$JS.API.CONSUMER.DELETE.EVENTS.for-a-while': 'gateway',
  [`logs.${RUN}`]: 'worker',
  'telemetry.worker-local': 'worker',
  '$JS.API.STREAM.DELETE.EVENTS': 'restore',
  '$JS.API.STREAM.DELETE.LOGS': 'restore',
}
const RESTRICTED = NATS_USERS.filter((user) => user !== 'services')

describe.each(RESTRICTED)('%s', (user) => {
  test.each(Object.entries(SAYS))(`may say %s only where that is its own (%s)`, async (subject, owner) => {
    const refusal = await refusalOf(user, publishing(subject))
    if (user === owner) expect(refusal).toBeUndefined()
    else expect(refusal).toMatch(/permissions violation for publish/i)
  })

  test.each([
    'logs.worker-elsewhere.1',
    'telemetry.worker-elsewhere',
    '$JS.API.STREAM.DELETE.AUDIT',
    ...Object.keys(STREAMS).flatMap((stream) => [
      `$JS.API.STREAM.PURGE.${stream}`,
      `$JS.API.STREAM.MSG.DELETE.${stream}`,
    ]),
    '$JS.API.STREAM.CREATE.COPY',
    '$JS.API.CONSUMER.DELETE.EVENTS.usage-ledger',
    '$SYS.REQ.SERVER.PING',
  ])('says nothing on %s', async (subject) => {
    expect(await refusalOf(user, publishing(subject))).toMatch(/permissions violation for publish/i)
  })

  test('hears no answers to others, and not everything', async () => {
    const others = NATS_USERS.filter((other) => other !== user).map((other) => `_INBOX_${other}.>`)
    for (const subject of ['>', '_INBOX.>', 'audit.>', 'logs.>', '$SYS.>', ...others]) {
      expect(await refusalOf(user, hearing(subject))).toMatch(/permissions violation for subscription/i)
    }
  })
})

describe('a worker elsewhere', () => {
  const urlOf = (name: string, more: Partial<Parameters<typeof makeNatsUser>[1]> = {}) => {
    const account = publicKeyOf(keys.account)
    const user = makeNatsUser(keys.workers, { name, account, expiresAt: Date.now() + 60_000, ...more })
    return `nats://${natsUserOf(name)}:${toPassword(user)}@127.0.0.1:${nats.port}`
  }
  const connectTo = async (url: string | (() => string)) => {
    const connection = await connectNats(url, 'test')
    open.push(connection)
    return connection
  }

  test('says its own output and telemetry, durably, and hears its own wake-ups', async () => {
    const worker = await connectTo(urlOf('gpu-host-7'))
    const stored = await jetstream(worker).publish('logs.gpu-host-7.run-1', 'a line')
    expect(stored).toMatchObject({ stream: 'LOGS' })
    const acts = [publishing('telemetry.gpu-host-7'), hearing('wake.queue'), hearing('wake.worker.gpu-host-7')]
    for (const act of acts) expect(await refusalTo(worker, act)).toBeUndefined()
  })

  test.each([
    publishing('logs.gpu-host-8.run-1'),
    publishing('logs.worker-local.run-1'),
    publishing('telemetry.gpu-host-8'),
    publishing('events.jobs.1'),
    publishing('$JS.API.STREAM.INFO.LOGS'),
    hearing('wake.worker.gpu-host-8'),
    hearing('wake.worker.*'),
    hearing('telemetry.*'),
    hearing('logs.>'),
    hearing('_INBOX_workers.gpu-host-8.>'),
    hearing('_INBOX_worker.>'),
    hearing('_INBOX_workers.>'),
    hearing('>'),
  ])('says and hears nothing of another’s (%#)', async (act) => {
    expect(await refusalTo(await connectTo(urlOf('gpu-host-7')), act)).toMatch(/permissions violation/i)
  })

  test('cannot be made with more rights than a worker has', async () => {
    const user = makeNatsUser(keys.workers, { name: 'gpu-host-7', permissions: PERMISSIONS.jobs })
    const withoutAccount = `nats://x:${toPassword(user)}@127.0.0.1:${nats.port}`
    const login = natsLogin(() => withoutAccount)
    await expect(connect({ servers: `127.0.0.1:${nats.port}`, ...login })).rejects.toThrow(/authorization/i)
  })

  test('is let go when its credentials end, and comes back with new ones', async () => {
    let present = urlOf('gpu-host-9', { expiresAt: Date.now() + 2_000 })
    const worker = await connectTo(() => present)
    present = urlOf('gpu-host-9')
    const seen: string[] = []
    for await (const { type } of worker.status()) {
      seen.push(type)
      if (type === 'reconnect') break
    }
    expect(seen).toContain('disconnect')
    expect(await refusalTo(worker, publishing('telemetry.gpu-host-9'))).toBeUndefined()
    expect(await refusalTo(worker, publishing('telemetry.gpu-host-8'))).toMatch(/permissions violation/i)
  })
})

test('the gateway hears what it tells its clients, and events are heard by no worker', async () => {
  for (const subject of [SUBJECTS.allJobEvents, SUBJECTS.storedLog('1'), SUBJECTS.queueMoved, SUBJECTS.allTelemetry]) {
    expect(await refusalOf('gateway', hearing(subject))).toBeUndefined()
    expect(await refusalOf('worker', hearing(subject))).toMatch(/permissions violation/i)
  }
})

test('the gateway publishes to the audit log durably, and reads events again', async () => {
  const services = await connectAs('services')
  await jetstream(services).publish('events.jobs.7', 'an event')
  const gateway = jetstream(await connectAs('gateway'))
  expect(await gateway.publish(SUBJECTS.audit, 'a record')).toMatchObject({ stream: 'AUDIT' })
  const consumer = await gateway.consumers.get('EVENTS', { filter_subjects: 'events.jobs.7' })
  expect((await consumer.next({ expires: 5_000 }))?.string()).toBe('an event')
  await consumer.delete()
})

test('each service may use the durable consumers that it has', () => {
  for (const [file, service] of [
    ['services/jobs/hearing/learn-gpus.ts', 'jobs'],
    ['services/jobs/logs/logs.ts', 'jobs'],
    ['services/jobs/audit/store.ts', 'jobs'],
    ['services/usage/ledger/record.ts', 'usage'],
  ] as const) {
    const text = readFileSync(path.join(repositoryRoot, file), 'utf8')
    const durables = [...text.matchAll(/durable: '([\w-]+)'/g)].map(([, durable]) => durable)
    expect(durables.length).toBeGreaterThan(0)
    const allowed = PERMISSIONS[service].publish.allow?.join('\n')
    for (const durable of durables) expect(allowed).toContain(`.${durable}\n`)
  }
})
