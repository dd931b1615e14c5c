import type { Principal } from '@constellation/platform/identity.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import { saveAccount } from '../accounts/accounts.ts'
import type { SubmitJobInput } from '../generated/resolvers.ts'
import { submitJob, submitJobs } from '../submit.ts'
import {
  alice,
  analyst,
  bob,
  claim,
  empty,
  gpu,
  operator,
  otherWorker,
  submitted,
  useBench,
  worker,
} from '../testing.ts'
import { type Check, checkJob } from './check-job.ts'
import { readQueue } from './queue-view.ts'
import { createViews } from './queue-views.ts'

const bench = await useBench()
beforeEach(async () => {
  await empty(bench)
  await bench.database.pool.query('TRUNCATE sightings, known_gpus, known_workers')
})

const sql = (text: string, values: unknown[] = []) => bench.database.pool.query(text, values)
const gpus = (...numbers: number[]) => numbers.map((number) => gpu(number))

async function online(who: Principal, has: { offered?: ReturnType<typeof gpu>[]; executors?: string[] }) {
  await claim(bench, who, has.offered ?? [], 0)
  await sql(
    `INSERT INTO sightings (worker_id, slots) VALUES ($1, 2) ON CONFLICT (worker_id) DO UPDATE SET seen_at = now(), slots = 2`,
    [who.id],
  )
  await sql(`INSERT INTO known_workers (worker_id, labels, executors, heard) VALUES ($1, '{"zone": "a"}', $2, 1)`, [
    who.id,
    has.executors ?? ['process'],
  ])
}

async function checkOf(input: SubmitJobInput, who = alice) {
  const views = createViews((kind) => readQueue(bench.database.pool, kind, 45_000))
  return checkJob(bench.as(who), { command: ['true'], ...input }, views)
}

async function checked(input: SubmitJobInput, who = alice): Promise<Check> {
  const check = await checkOf(input, who)
  if ('problems' in check) throw new Error(`not accepted: ${JSON.stringify(check.problems)}`)
  return check
}

const stored = async () => (await sql('SELECT FROM jobs')).rowCount

describe('a check', () => {
  test('says where the job could run, what of it is free, and that it would start', async () => {
    await online(worker, { offered: [gpu(1), gpu(2), gpu(3, { model: 'L4', memoryMb: 24_000 })] })
    await online(otherWorker, { offered: [gpu(4)] })
    await submitted(bench, { gpus: { count: 1, model: 'A100' }, timeoutSeconds: 600 })
    await claim(bench, worker, gpus(1, 2), 0)
    const check = await checked({ gpus: { count: 2, model: 'a100' } })
    expect(check).toMatchObject({ possible: true, explanation: { reason: 'BUSY' } })
    expect(check.workers).toEqual([
      { workerId: 'worker-1', possible: true, gpusThatFit: 2, gpusFree: 1, reason: null },
      { workerId: 'worker-2', possible: false, gpusThatFit: 1, gpusFree: 1, reason: 'Only one of its GPUs would do.' },
    ])
    const seconds = ((check.explanation.eta?.getTime() ?? 0) - Date.now()) / 1000
    expect(Math.abs(seconds - 600)).toBeLessThan(10)
    expect((await checked({ gpus: { count: 1 } })).explanation.reason).toBe('STARTING')
    expect(await stored()).toBe(1)
  })

  test('says of a job that nobody could run why not, and of each worker what it lacks', async () => {
    await online(worker, { offered: gpus(1) })
    await online(otherWorker, { executors: ['process', 'docker'] })
    const h200 = await checked({ gpus: { count: 1, model: 'H200' }, startAt: '2099-01-01T00:00:00.000Z' })
    expect(h200).toMatchObject({ possible: false, explanation: { reason: 'NO_SUCH_GPU', eta: null } })
    expect(h200.workers.map(({ reason }) => reason)).toEqual(['None of its GPUs would do.', 'It has no GPUs.'])
    const contained = await checked({ container: { image: 'busybox' } })
    expect(contained).toMatchObject({ possible: true, explanation: { reason: 'STARTING' } })
    expect(contained.workers.map(({ reason }) => reason)).toEqual(['It runs no containers.', null])
    const elsewhere = await checked({ workerLabels: { zone: 'a', rack: '7' } })
    expect(elsewhere).toMatchObject({ possible: false, explanation: { reason: 'NO_SUCH_LABELS' } })
    expect(elsewhere.workers[0]?.reason).toBe('It has not the label rack=7.')
  })

  test('counts those that go before it', async () => {
    await online(worker, { offered: gpus(1) })
    await submitted(bench, { gpus: { count: 1 }, timeoutSeconds: 60 }, bob)
    await claim(bench, worker, gpus(1), 0)
    await submitted(bench, { gpus: { count: 1 }, timeoutSeconds: 60, priority: 900 }, bob)
    await submitted(bench, { gpus: { count: 1 }, timeoutSeconds: 60, priority: -900 }, bob)
    const usual = await checked({ gpus: { count: 1 }, priority: 100 })
    expect(usual.explanation).toMatchObject({ reason: 'BEHIND_OTHERS', message: '1 job goes before it.' })
    expect((await checked({ gpus: { count: 1 }, priority: 1000 })).explanation.reason).toBe('BUSY')
  })

  test('knows the limits of the account, the start time, and the jobs that it depends on', async () => {
    await online(worker, { offered: gpus(1) })
    await saveAccount(bench.as(operator), { account: 'team-a', maxGpus: 0 })
    expect((await checked({ gpus: { count: 1 } })).explanation.reason).toBe('QUOTA')
    const startAt = '2099-01-01T00:00:00.000Z'
    expect((await checked({ startAt })).explanation).toMatchObject({ reason: 'START_TIME', eta: new Date(startAt) })
    expect((await checked({ startAt: '2001-01-01T00:00:00.000Z' })).explanation.reason).toBe('STARTING')
    const before = await submitted(bench)
    expect((await checked({ dependsOn: [before.id] })).explanation).toMatchObject({ reason: 'DEPENDENCY', eta: null })
  })

  test('says what is wrong with the input, as submitting would', async () => {
    const theirs = await submitted(bench, {}, bob)
    expect(await checkOf({ gpus: { count: -1 }, priority: 5000 })).toEqual({
      problems: [
        { path: 'gpus.count', message: 'must be a whole number from 0 to 64' },
        { path: 'priority', message: 'must be a whole number from -1000 to 1000' },
      ],
    })
    expect(await checkOf({ account: 'team-b' })).toMatchObject({ problems: [{ path: 'account' }] })
    expect(await checkOf({ dependsOn: [theirs.id] })).toEqual({
      problems: [{ path: 'dependsOn.0', message: 'there is no such job' }],
    })
    await expect(checkOf({}, analyst)).rejects.toThrow('submits no jobs')
  })
})

describe('a container', () => {
  const container = { image: 'busybox' }

  test('is refused at submit where no worker has Docker, and nothing is stored', async () => {
    await online(worker, {})
    const message = 'cannot be had: no worker has Docker'
    expect(await submitJob(bench.as(alice), { command: ['true'], container })).toEqual({
      problems: [{ path: 'container', message }],
    })
    expect(await submitJobs(bench.as(alice), [{ command: ['true'] }, { command: ['true'], container }])).toEqual({
      problems: [{ path: 'inputs.1.container', message }],
    })
    expect(await stored()).toBe(0)
    expect(await checked({ container })).toMatchObject({ possible: false, explanation: { reason: 'NO_CONTAINERS' } })
  })

  test('is waited for where a worker that is away has Docker, as is a GPU that nobody has', async () => {
    await online(worker, {})
    await sql(`INSERT INTO known_workers VALUES ('worker-9', '{}', '{docker}', 1)`)
    expect(await submitJob(bench.as(alice), { command: ['true'], container })).toMatchObject({
      job: { state: 'queued' },
    })
    expect(await submitJob(bench.as(alice), { command: ['true'], gpus: { count: 1, model: 'H200' } })).toMatchObject({
      job: { state: 'queued' },
    })
  })
})
