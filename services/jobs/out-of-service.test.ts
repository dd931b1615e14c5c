import { beforeEach, expect, test } from 'vitest'
import { claimRuns } from './claim.ts'
import { checkJob } from './explain/check-job.ts'
import { explainJobs } from './explain/explain.ts'
import { readQueue } from './explain/queue-view.ts'
import { createViews } from './explain/queue-views.ts'
import { finishRun } from './finish.ts'
import { preemptRuns } from './preempt.ts'
import { renewLeases } from './renew.ts'
import {
  alice,
  claim,
  claimed,
  empty,
  gpu,
  leaseOf,
  log,
  started,
  submitted,
  tellGpus,
  tellWorker,
  useBench,
  worker,
} from './testing.ts'

const bench = await useBench()
beforeEach(async () => {
  await empty(bench)
  await bench.database.pool.query('TRUNCATE sightings, known_gpus, known_workers')
  await bench.database.pool.query('INSERT INTO sightings (worker_id, slots) VALUES ($1, 2)', [worker.id])
})

const OUT = { inService: false, whyNot: 'XID 79: it has fallen off the bus.' }
const gpus = [gpu(1), gpu(2)]
const all = [...gpus, gpu(3)]

/** What the worker gets that offers all of this, whatever the service has heard of it. */
async function offered(cpuSlots = 0): Promise<string[]> {
  const claims = await claimRuns(bench.as(worker), { gpuIds: all.map(({ id }) => id), cpuSlots })
  return claims.map(({ job }) => job.name)
}

async function reasonOf({ id }: { id: string }) {
  const { pool } = bench.database
  const views = createViews((kind) => readQueue(pool, kind, 45_000))
  const [place] = await explainJobs(pool, views, async () => new Map(), [id])
  return place
}

const reservations = async () => (await bench.database.pool.query('SELECT worker_id FROM reservations')).rows

test('a GPU that is out of service is not claimed, and is once it is back', async () => {
  await submitted(bench, { name: 'one', gpus: { count: 1 } })
  await submitted(bench, { name: 'two', gpus: { count: 1 } })
  await tellGpus(bench, worker, gpus)
  await tellGpus(bench, worker, [gpu(1)], OUT)
  const claims = await claimRuns(bench.as(worker), { gpuIds: gpus.map(({ id }) => id), cpuSlots: 0 })
  expect(claims.map(({ job, gpus }) => [job.name, gpus.map(({ uuid }) => uuid)])).toEqual([['one', ['GPU-2']]])
  await tellGpus(bench, worker, [gpu(1)])
  expect(await offered()).toEqual(['two'])
})

test('a worker that is out of service claims nothing, slots included, and goes on once it is back', async () => {
  await submitted(bench, { name: 'on a GPU', gpus: { count: 1 } })
  await submitted(bench, { name: 'in a slot' })
  await tellGpus(bench, worker, gpus)
  await tellWorker(bench, worker, OUT)
  expect(await offered(2)).toEqual([])
  await tellWorker(bench, worker)
  expect(await offered(2)).toEqual(['on a GPU', 'in a slot'])
})

test('a run goes on although its GPU and its worker are out of service, and its GPU is not free after it', async () => {
  await submitted(bench, { gpus: { count: 1 } })
  const lease = leaseOf(await started(bench))
  await tellGpus(bench, worker, [gpu(1)], OUT)
  await tellWorker(bench, worker, OUT)
  expect(await renewLeases(bench.as(worker), [lease])).toMatchObject([{ standing: 'HELD' }])
  await finishRun(bench.as(worker), { ...lease, outcome: 'EXITED', exitCode: 0, logChunks: 1 })
  await submitted(bench, { gpus: { count: 1 } })
  await tellWorker(bench, worker)
  expect(await offered()).toEqual([])
})

test('GPUs are no longer kept for a job that they cannot be enough for, but for one that they can', async () => {
  await tellGpus(bench, worker, all)
  await submitted(bench, { gpus: { count: 1 } })
  await claimed(bench, [gpu(1)])
  await submitted(bench, { name: 'gang', gpus: { count: 2 } })
  await tellGpus(bench, worker, [gpu(3)], OUT)
  expect(await offered()).toEqual([])
  expect(await reservations()).toEqual([{ worker_id: worker.id }])
  await tellGpus(bench, worker, [gpu(3)], { present: false })
  expect(await reservations()).toHaveLength(1)
  await tellGpus(bench, worker, [gpu(2)], OUT)
  expect(await reservations()).toEqual([])
  await tellGpus(bench, worker, [gpu(2), gpu(3)])
  expect(await offered()).toEqual(['gang'])
})

test('a worker that is closed keeps nothing for anybody', async () => {
  await submitted(bench, { gpus: { count: 1 } })
  await claim(bench, worker, gpus, 0)
  await submitted(bench, { gpus: { count: 2 } })
  await offered()
  expect(await reservations()).toHaveLength(1)
  await tellWorker(bench, worker, OUT)
  expect(await reservations()).toEqual([])
})

test('no run is ended for a job of higher priority where its GPU would not be given out again', async () => {
  await submitted(bench, { name: 'victim', gpus: { count: 1 }, preemptible: true })
  await claim(bench, worker, [gpu(1)], 0)
  await submitted(bench, { name: 'urgent', gpus: { count: 1 }, priority: 5 })
  const announce = bench.as(worker).announce
  const preempt = () => preemptRuns({ pool: bench.database.pool, announce, log })
  await tellGpus(bench, worker, [gpu(1)], OUT)
  expect(await preempt()).toEqual([])
  await tellGpus(bench, worker, [gpu(1)])
  await tellWorker(bench, worker, OUT)
  expect(await preempt()).toEqual([])
  await tellWorker(bench, worker)
  expect(await preempt()).toHaveLength(1)
})

test('a job that waits for GPUs out of service is told so, and starts once they are back', async () => {
  await tellGpus(bench, worker, gpus, OUT)
  const job = await submitted(bench, { gpus: { count: 1 } })
  expect(await reasonOf(job)).toEqual({
    reason: 'OUT_OF_SERVICE',
    message:
      '2 GPUs that would do are out of service: GPU-1: XID 79: it has fallen off the bus; GPU-2: XID 79: it has fallen off the bus.',
    position: null,
    eta: null,
  })
  await tellGpus(bench, worker, [gpu(2)])
  expect(await reasonOf(job)).toMatchObject({ reason: 'STARTING', position: 1 })
  await tellWorker(bench, worker, { inService: false, whyNot: 'It is cordoned: New fans.' })
  expect(await reasonOf(job)).toMatchObject({
    message: '2 GPUs that would do are out of service: worker-1 is cordoned: New fans.',
  })
})

test('a check says of such a job that it is possible, and of the worker what is out of service', async () => {
  await tellGpus(bench, worker, [gpu(1)], OUT)
  const views = createViews((kind) => readQueue(bench.database.pool, kind, 45_000))
  const input = { command: ['true'], gpus: { count: 1 } }
  expect(await checkJob(bench.as(alice), input, views)).toMatchObject({
    possible: true,
    explanation: { reason: 'OUT_OF_SERVICE', eta: null },
    workers: [
      {
        possible: false,
        gpusThatFit: 1,
        gpusFree: 0,
        reason: '1 GPU that would do is out of service: GPU-1: XID 79: it has fallen off the bus.',
      },
    ],
  })
  const later = await checkJob(bench.as(alice), { ...input, startAt: '2099-01-01T00:00:00.000Z' }, views)
  expect(later).toMatchObject({ explanation: { reason: 'START_TIME' } })
})
