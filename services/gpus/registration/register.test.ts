import { cloneDatabase, startTestNats } from '@constellation/local/testing.ts'
import { openDatabase } from '@constellation/platform/database/database.ts'
import { gpuEvent } from '@constellation/platform/events/gpu-event.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { NO_METRICS, type Telemetry } from '@constellation/platform/events/telemetry.ts'
import { workerEvent } from '@constellation/platform/events/worker-event.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { Lifecycle } from '@constellation/platform/lifecycle.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { linkNats, type NatsLink } from '@constellation/platform/nats/nats.ts'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Context, createContext } from '../context.ts'
import { GpuEntity, WorkerEntity } from '../entities.ts'
import type { RegisterGpuInput, RegisterWorkerInput } from '../generated/resolvers.ts'
import { listGpus, listWorkers } from '../list.ts'
import { watchTelemetry } from '../telemetry/telemetry.ts'
import { registerWorker } from './register.ts'

const log = createLogger('test', 'silent')
const lifecycle = new Lifecycle(log)
const user: Principal = { id: 'alice', role: 'user', accounts: ['team-a'] }
const workerOf = (id: string): Principal => ({ id, role: 'worker', accounts: [] })

let as: (who: Principal) => Context
let nats: NatsLink
let seen: ReturnType<typeof watchTelemetry>
beforeAll(async () => {
  const own = await cloneDatabase()
  lifecycle.onStop('the database', () => own.drop())
  const database = await openDatabase(own.urls.gpus, { schema: 'gpus', entities: [WorkerEntity, GpuEntity], log })
  lifecycle.onStop('the pool', () => database.orm.close(true))
  const server = await startTestNats()
  lifecycle.onStop('nats', () => server.stop())
  nats = linkNats(server.servicesUrl, 'test', log)
  await nats.connection
  lifecycle.onStop('the connection', () => nats.close())
  seen = watchTelemetry({ nats, pool: database.pool, rollups: { count: () => {} }, log })
  lifecycle.onStop('the watch', () => seen.stop())
  as = (who) => createContext(database, { changed: () => {}, lastSeen: seen }, who)
})
afterAll(() => lifecycle.stop())

const card = (uuid: string, index: number, changes: Partial<RegisterGpuInput> = {}): RegisterGpuInput => ({
  uuid,
  name: 'NVIDIA A100-SXM4-80GB',
  index,
  totalMemoryMb: 81_920,
  computeCapability: '8.0',
  driverVersion: '580.1',
  simulated: false,
  ...changes,
})
const host = (gpus: RegisterGpuInput[]) => ({ hostname: 'box', version: '0.1.0', gpus })
const inventory = async () =>
  (await listGpus(as(user), {}, 100, null)).nodes.map((gpu) => [gpu.workerId, gpu.index, gpu.uuid, gpu.present])

describe('the inventory', () => {
  test('becomes what a worker says, and keeps a GPU that has vanished as missing', async () => {
    await registerWorker(as(workerOf('w1')), host([card('GPU-a', 0), card('GPU-b', 1)]))
    const before = (await listGpus(as(user), {}, 100, null)).nodes
    await registerWorker(as(workerOf('w1')), host([card('GPU-b', 0)]))
    expect(await inventory()).toEqual([
      ['w1', 0, 'GPU-a', false],
      ['w1', 0, 'GPU-b', true],
    ])
    const after = (await listGpus(as(user), {}, 100, null)).nodes
    expect(after.map((gpu) => gpu.id)).toEqual(before.map((gpu) => gpu.id))
  })

  test('lets no worker take a GPU from one that is online, nor half register then', async () => {
    await expect(
      registerWorker(as(workerOf('thief')), host([card('GPU-mine', 0), card('GPU-b', 1, { simulated: true })])),
    ).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('GPU-b') })
    expect(await inventory()).toEqual([
      ['w1', 0, 'GPU-a', false],
      ['w1', 0, 'GPU-b', true],
    ])
  })

  test('knows a GPU by its UUID when it moves to another host', async () => {
    const [{ id } = { id: '' }] = (await listGpus(as(user), {}, 1, null)).nodes
    await registerWorker(as(workerOf('w2')), host([card('GPU-a', 3)]))
    const moved = await as(user).loaders.gpu.load(id)
    expect(moved).toMatchObject({ uuid: 'GPU-a', workerId: 'w2', index: 3, present: true })
  })

  test('comes by pages with nothing doubled or left out, and by filter', async () => {
    const cards = Array.from({ length: 7 }, (_, i) => card(`SIM-${i}`, i, { name: 'Simulated 100%', simulated: true }))
    await registerWorker(as(workerOf('w3')), host(cards))
    const uuids: string[] = []
    let after: string | null = null
    do {
      const page = await listGpus(as(user), { name: '100%', simulated: true }, 3, after)
      uuids.push(...page.nodes.map((gpu) => gpu.uuid))
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    } while (after !== null)
    expect(uuids).toEqual(cards.map((each) => each.uuid))
    expect((await listWorkers(as(user), 2, null)).nodes.map((each) => each.id)).toEqual(['w1', 'w2'])
  })

  test.each<[string, RegisterGpuInput[], string]>([
    ['the same UUID twice', [card('GPU-x', 0), card('GPU-x', 1)], 'gpus'],
    ['a UUID with a space', [card('GPU x', 0)], 'gpus.0.uuid'],
    ['no memory', [card('GPU-x', 0, { totalMemoryMb: 0 })], 'gpus.0.totalMemoryMb'],
    ['a name with a NUL', [card('GPU-x', 0, { name: 'a\0b' })], 'gpus.0.name'],
  ])('refuses %s with the path of the field', async (_, gpus, path) => {
    await expect(registerWorker(as(workerOf('w9')), host(gpus))).rejects.toMatchObject({ problems: [{ path }] })
  })

  test('keeps what a worker says of itself, and what it does not say any more is gone', async () => {
    const labels = { zone: 'a', 'team/x': '' }
    await registerWorker(as(workerOf('w5')), { ...host([]), labels, executors: ['DOCKER', 'PROCESS', 'DOCKER'] })
    expect(await as(user).loaders.worker.load('w5')).toMatchObject({ labels, executors: ['docker', 'process'] })
    await registerWorker(as(workerOf('w5')), host([]))
    expect(await as(user).loaders.worker.load('w5')).toMatchObject({ labels: {}, executors: ['process'] })
  })

  test('tells of a worker and of its GPUs in one transaction, each under a subject of its own', async () => {
    await registerWorker(as(workerOf('w6')), { ...host([card('GPU-e', 0)]), labels: { zone: 'b' } })
    const { rows } = await as(user).pool.query(
      `SELECT type, subject, payload FROM events WHERE xmin = (SELECT xmin FROM workers WHERE id = 'w6') ORDER BY id`,
    )
    const [gpu] = await as(user).loaders.gpusOfWorker.load('w6')
    expect(rows).toEqual([
      {
        type: 'worker.registered',
        subject: 'events.workers.w6',
        payload: {
          worker: { id: 'w6', labels: { zone: 'b' }, executors: ['process'], inService: true, whyNot: null },
          reason: null,
        },
      },
      {
        type: 'gpu.registered',
        subject: `events.gpus.${gpu?.id}`,
        payload: {
          gpu: expect.objectContaining({ id: gpu?.id, workerId: 'w6', computeCapability: '8.0', present: true }),
          reason: null,
        },
      },
    ])
    for (const { payload, ...row } of rows) {
      const schema = 'worker' in payload ? workerEvent : gpuEvent
      expect(v.is(schema, { ...row, ...payload, id: 'gpus-1', ts: new Date().toISOString() })).toBe(true)
    }
  })

  test.each<[string, Partial<RegisterWorkerInput>, string]>([
    ['a label without a name', { labels: { '': 'a' } }, 'labels.'],
    ['a label too long', { labels: { zone: 'a'.repeat(201) } }, 'labels.zone'],
    ['too many labels', { labels: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`l${i}`, ''])) }, 'labels'],
  ])('refuses %s', async (_, changes, path) => {
    await expect(registerWorker(as(workerOf('w9')), { ...host([]), ...changes })).rejects.toMatchObject({
      problems: [{ path }],
    })
  })

  test('is written by workers alone', async () => {
    await expect(registerWorker(as(user), host([]))).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('telemetry', () => {
  test('is the worker’s sign of life and its GPUs’ last sample, and is heard from the worker alone', async () => {
    await registerWorker(as(workerOf('w4')), host([card('GPU-t', 0)]))
    const sample = (gpuId: string) => ({
      gpuId,
      at: new Date().toISOString(),
      ...NO_METRICS,
      utilisationPercent: 42,
    })
    const say = (subject: string, message: Telemetry) => nats.publish(subject, JSON.stringify(message))
    const at = new Date().toISOString()
    say(SUBJECTS.telemetry('w1'), { workerId: 'w4', at, samples: [sample('forged')] })
    nats.publish(SUBJECTS.telemetry('w4'), 'nonsense')
    say(SUBJECTS.telemetry('w4'), { workerId: 'w4', at, samples: [sample('GPU-t')] })
    await vi.waitUntil(() => seen.sample('w4', 'GPU-t') !== null)
    expect(seen.sample('w4', 'GPU-t')).toMatchObject({ utilisationPercent: 42 })
    expect(seen.sample('w4', 'forged')).toBeNull()

    const before = (await as(user).loaders.worker.load('w4'))?.lastSeenAt ?? new Date()
    await vi.waitUntil(async () => ((await as(user).loaders.worker.load('w4'))?.lastSeenAt ?? before) > before, {
      timeout: 10_000,
    })
  })
})
