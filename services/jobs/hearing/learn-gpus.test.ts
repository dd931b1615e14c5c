import { startTestNats } from '@constellation/local/testing.ts'
import { query } from '@constellation/platform/database/database.ts'
import type { GpuEvent } from '@constellation/platform/events/gpu-event.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { WorkerEvent } from '@constellation/platform/events/worker-event.ts'
import { Lifecycle } from '@constellation/platform/lifecycle.ts'
import { ensureStreams, linkNats, type NatsLink } from '@constellation/platform/nats/nats.ts'
import { jetstream } from '@nats-io/jetstream'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createAnnounce } from '../announce.ts'
import { log, openBench } from '../testing.ts'
import { learnGpus, learnWorkers, startLearning } from './learn-gpus.ts'

const lifecycle = new Lifecycle(log)
let pool: Pool
let nats: NatsLink

beforeAll(async () => {
  const bench = await openBench()
  lifecycle.onStop('the database', bench.close)
  pool = bench.database.pool
  const server = await startTestNats()
  lifecycle.onStop('nats', () => server.stop())
  nats = linkNats(server.servicesUrl, 'test', log)
  lifecycle.onStop('the connection', () => nats.close())
})
afterAll(() => lifecycle.stop())

const ts = '2026-01-31T12:00:00.000Z'
const GPU = '0198a000-0000-7000-8000-000000000001'

function gpuEvent(number: number, computeCapability?: string): GpuEvent {
  const known = { id: GPU, uuid: 'GPU-a', name: 'NVIDIA L4', totalMemoryMb: 24_576, simulated: false, workerId: 'w1' }
  return { id: `gpus-${number}`, ts, type: 'gpu.registered', gpu: { ...known, computeCapability } }
}

function workerEvent(number: number, labels: Record<string, string>): WorkerEvent {
  return { id: `gpus-${number}`, ts, type: 'worker.registered', worker: { id: 'w1', labels, executors: ['process'] } }
}

const capability = async () => {
  const rows = await query<{ is: number }>(
    pool,
    'test-capability',
    'SELECT compute_capability AS is FROM known_gpus WHERE gpu_id = $1',
    [GPU],
  )
  return rows[0]?.is
}
const worker = async (id: string) => {
  const text = 'SELECT labels, executors FROM known_workers WHERE worker_id = $1'
  return (await query(pool, 'test-worker', text, [id]))[0]
}

test('a GPU’s compute capability is kept as a number that compares, and as 0 where nobody knows it', async () => {
  await learnGpus(pool, [gpuEvent(1, '8.9')])
  expect(await capability()).toBe(809)
  await learnGpus(pool, [gpuEvent(2, '12.0')])
  expect(await capability()).toBe(1200)
  await learnGpus(pool, [gpuEvent(3)])
  expect(await capability()).toBe(0)
})

test('what is older than what is known of a worker changes nothing, in one batch or in two', async () => {
  await learnWorkers(pool, [workerEvent(10, { zone: 'a' }), workerEvent(11, { zone: 'b' })])
  expect(await worker('w1')).toEqual({ labels: { zone: 'b' }, executors: ['process'] })
  await learnWorkers(pool, [workerEvent(9, { zone: 'z' })])
  expect(await worker('w1')).toEqual({ labels: { zone: 'b' }, executors: ['process'] })
  await learnWorkers(pool, [workerEvent(12, {})])
  expect(await worker('w1')).toEqual({ labels: {}, executors: ['process'] })
})

test('a GPU is there and takes runs where an earlier version does not say, and else as it is said', async () => {
  const known = async () => {
    const text = 'SELECT present, in_service AS "inService", why_not AS "whyNot" FROM known_gpus WHERE gpu_id = $1'
    return (await query(pool, 'test-known', text, [GPU]))[0]
  }
  const event = gpuEvent(4)
  await learnGpus(pool, [event])
  expect(await known()).toEqual({ present: true, inService: true, whyNot: null })
  await learnGpus(pool, [{ ...event, id: 'gpus-5', type: 'gpu.missing' }])
  expect(await known()).toEqual({ present: false, inService: true, whyNot: null })
  const away = { ...event.gpu, present: true, inService: false, whyNot: 'XID 79.' }
  await learnGpus(pool, [{ ...event, id: 'gpus-6', type: 'gpu.failed', gpu: away }])
  expect(await known()).toEqual({ present: true, inService: false, whyNot: 'XID 79.' })
  await learnGpus(pool, [{ ...event, id: 'gpus-7', type: 'gpu.recovered', gpu: { ...event.gpu, inService: true } }])
  expect(await known()).toEqual({ present: true, inService: true, whyNot: null })
})

test('it is told when something has come, come back, or become another, and not when it has gone or is the same', async () => {
  const event = gpuEvent(30, '8.0')
  const gpuThat = (number: number, changes: Partial<GpuEvent['gpu']> = {}) =>
    learnGpus(pool, [{ ...event, id: `gpus-${number}`, type: 'gpu.noted', gpu: { ...event.gpu, ...changes } }])
  const own = { id: '0198a000-0000-7000-8000-000000000002' }
  expect(await gpuThat(31, own)).toBe(true)
  expect(await gpuThat(32, own)).toBe(false)
  expect(await gpuThat(33, { ...own, inService: false })).toBe(false)
  expect(await gpuThat(34, own)).toBe(true)
  expect(await gpuThat(34, { ...own, workerId: 'w3' })).toBe(false)
  expect(await gpuThat(35, { ...own, workerId: 'w3' })).toBe(true)
  expect(await gpuThat(36, { ...own, present: false })).toBe(false)

  const workerThat = (number: number, inService: boolean, labels = {}) => {
    const worker = { id: 'w9', labels, executors: ['process' as const], inService }
    return learnWorkers(pool, [{ id: `gpus-${number}`, ts, type: 'worker.registered', worker }])
  }
  expect(await workerThat(40, true)).toBe(true)
  expect(await workerThat(41, true)).toBe(false)
  expect(await workerThat(42, true, { zone: 'a' })).toBe(true)
  expect(await workerThat(43, false)).toBe(false)
  expect(await workerThat(44, true)).toBe(true)
})

test('both are heard from the stream, what was said before and what is not understood included', async () => {
  const connection = await nats.connection
  await ensureStreams(connection)
  const stream = jetstream(connection)
  const say = (subject: string, event: object) => stream.publish(subject, JSON.stringify(event))
  await say(SUBJECTS.workerEvents('w2'), { nonsense: true })
  const heard = {
    ...workerEvent(20, { team: 'b' }),
    worker: { id: 'w2', labels: { team: 'b' }, executors: ['docker'] },
  }
  await say(SUBJECTS.workerEvents('w2'), heard)
  const published: string[] = []
  const link = { ...nats, publish: (subject: string) => void published.push(subject) }
  const learning = startLearning({ pool, nats, log, announce: createAnnounce(link, { wake: () => undefined }) })
  lifecycle.onStop('the learning', () => learning.stop())
  await vi.waitUntil(async () => (await worker('w2')) !== undefined, { timeout: 10_000 })
  expect(await worker('w2')).toEqual({ labels: { team: 'b' }, executors: ['docker'] })
  await say(SUBJECTS.gpuEvents(GPU), gpuEvent(21, '9.0'))
  await vi.waitUntil(async () => (await capability()) === 900, { timeout: 10_000 })
  // Once for each of the two kinds, at least.
  await vi.waitUntil(() => published.length >= 2)
  expect(new Set(published)).toEqual(new Set([SUBJECTS.wakeQueue]))
})
