import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { connectNats, ensureStreams, streamSettingsOf } from '@constellation/platform/nats/nats.ts'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection } from '@nats-io/transport-node'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { freePort } from '../free-port.ts'
import { repositoryRoot } from '../repository.ts'
import { makeSecrets } from '../secrets.ts'
import { findNatsServer } from '../setup/nats-server.mjs'
import { processIdentity } from '../setup/process-identity.mjs'
import { makeTestHome, removeTestHome } from '../testing/test-home.ts'
import { type Nats, startNats } from './nats-server.ts'

const keys = makeSecrets().nats
let home: string
let nats: Nats
const open: NatsConnection[] = []

beforeAll(async () => {
  home = await makeTestHome()
  nats = await startNats({ home, keys, log: () => {} })
})

afterEach(async () => {
  for (const connection of open.splice(0)) await connection.close()
})

afterAll(async () => {
  await nats.stop()
  await removeTestHome(home)
})

async function connectAs(url: string): Promise<NatsConnection> {
  const connection = await connectNats(url, 'test')
  open.push(connection)
  return connection
}

/** Resolves with the text of the next error of permissions. */
async function nextRefusal(connection: NatsConnection): Promise<string> {
  for await (const status of connection.status()) {
    if (status.type === 'error') return String(status.error.message)
  }
  throw new Error('The connection ended without an error.')
}

it('refuses whoever has no password, or a wrong one', async () => {
  const { host } = new URL(nats.servicesUrl)
  await expect(connect({ servers: host })).rejects.toThrow(/authorization/i)
  await expect(connect({ servers: host, user: 'services', pass: 'guess' })).rejects.toThrow(/authorization/i)
})

it('keeps its configuration in a file that only its owner may read', async () => {
  expect((await stat(path.join(home, 'nats', 'nats.conf'))).mode & 0o777).toBe(0o600)
})

it('lets a worker publish logs durably and telemetry, and hear its wake-ups', async () => {
  const services = await connectAs(nats.servicesUrl)
  await ensureStreams(services)
  const worker = await connectAs(nats.workerUrl)
  const acknowledged = await jetstream(worker).publish('logs.worker-local.run-1', 'a line', { msgID: 'run-1-0' })
  expect(acknowledged).toMatchObject({ stream: 'LOGS', duplicate: false })
  expect((await jetstream(worker).publish('logs.worker-local.run-1', 'a line', { msgID: 'run-1-0' })).duplicate).toBe(
    true,
  )

  const telemetry = services.subscribe('telemetry.*', { max: 1 })
  const wakes = worker.subscribe('wake.worker.worker-local', { max: 1 })
  await services.flush()
  await worker.flush()
  worker.publish('telemetry.worker-local', 'sample')
  services.publish('wake.worker.worker-local')
  for await (const message of telemetry) expect(message.string()).toBe('sample')
  for await (const message of wakes) expect(message.subject).toBe('wake.worker.worker-local')
})

it.each([
  'events.jobs.1',
  'stored-logs.1',
  'wake.queue',
  '$JS.API.STREAM.DELETE.LOGS',
  'logs.another-worker.1',
  'telemetry.another-worker',
])('refuses a worker that publishes on %s', async (subject) => {
  const worker = await connectAs(nats.workerUrl)
  const refusal = nextRefusal(worker)
  worker.publish(subject, 'x')
  expect(await refusal).toMatch(/permissions violation/i)
})

it.each(['events.>', 'logs.>', 'telemetry.>', '>', '_INBOX.>', '_INBOX_services.>', 'wake.worker.another-worker'])(
  'refuses a worker that subscribes to %s',
  async (subject) => {
    const worker = await connectAs(nats.workerUrl)
    const refusal = nextRefusal(worker)
    worker.subscribe(subject, { callback: () => {} })
    expect(await refusal).toMatch(/permissions violation/i)
  },
)

it('keeps its streams over kill -9, and stops what a killed stack left running', async () => {
  const manager = await jetstreamManager(await connectAs(nats.servicesUrl))
  await manager.streams.add({ name: 'KEPT', subjects: ['kept'] })
  await jetstream(await connectAs(nats.servicesUrl)).publish('kept', 'a message')
  process.kill(nats.pid, 'SIGKILL')
  await nats.exited
  const left = await startNats({ home, keys, log: () => {} })
  const identity = processIdentity(left.pid)
  const notes: string[] = []
  nats = await startNats({ home, keys, log: (line) => notes.push(line) })
  expect(notes).toEqual([`Stopping the nats-server that an earlier stack left running (process ${left.pid}).`])
  expect(processIdentity(left.pid)).not.toBe(identity)
  const again = await jetstreamManager(await connectAs(nats.servicesUrl))
  expect((await again.streams.info('KEPT')).state.messages).toBe(1)
})

it('keeps as much of the events as its services are told to', async () => {
  const settings = streamSettingsOf({ JETSTREAM_EVENTS_GIB: 3 })
  const services = await connectNats(nats.servicesUrl, 'test', settings)
  await ensureStreams(services)
  const { config } = await (await jetstreamManager(services)).streams.info('EVENTS')
  expect(config.max_bytes).toBe(3 * 2 ** 30)
  await services.close()
})

it('takes over the streams of a release whose server had no accounts', async () => {
  const earlierHome = await makeTestHome()
  const port = await freePort()
  const store = path.join(earlierHome, 'nats', 'streams')
  const earlier = spawn(findNatsServer(repositoryRoot) ?? '', ['-js', '-sd', store, '-a', '127.0.0.1', '-p', `${port}`])
  const gone = once(earlier, 'exit')
  const before = await connectAs(`nats://127.0.0.1:${port}`)
  await ensureStreams(before)
  await jetstream(before).publish('audit.gateway', 'a record')
  await before.close()
  earlier.kill('SIGTERM')
  await gone
  const present = await startNats({ home: earlierHome, keys, log: () => {} })
  const manager = await jetstreamManager(await connectAs(present.servicesUrl))
  expect((await manager.streams.getMessage('AUDIT', { seq: 1 }))?.string()).toBe('a record')
  await present.stop()
  await removeTestHome(earlierHome)
})
