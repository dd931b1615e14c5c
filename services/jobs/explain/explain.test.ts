import type { Principal } from '@constellation/platform/identity.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { saveAccount } from '../accounts/accounts.ts'
import { preemptRuns } from '../preempt.ts'
import {
  type Bench,
  bob,
  claim,
  empty,
  gpu,
  log,
  openBench,
  operator,
  otherWorker,
  submitted,
  worker,
} from '../testing.ts'
import { createExplaining, gpus } from './testing.ts'

let bench: Bench
let scene: ReturnType<typeof createExplaining>
beforeAll(async () => {
  bench = await openBench()
  scene = createExplaining(bench)
})
afterAll(() => bench.close())
beforeEach(async () => {
  await empty(bench)
  await scene.forget()
})

const gone: Principal = { id: 'worker-9', role: 'worker', accounts: [] }
const anA100 = { count: 1, model: 'A100' }

describe('a job waits', () => {
  test('for nothing but its worker’s next word, where what it needs is free', async () => {
    const job = await submitted(bench, { gpus: { count: 1 } })
    await scene.online(worker, [])
    expect(await scene.explained(job)).toMatchObject({ reason: 'NO_SUCH_GPU' })
    await claim(bench, worker, gpus(1), 0)
    expect(await scene.explained(job)).toBeNull()
    await scene.online(otherWorker, gpus(2))
    const next = await submitted(bench, { gpus: { count: 1 } })
    const place = await scene.explained(next)
    expect(place).toMatchObject({ reason: 'STARTING', position: 1 })
    expect(Math.abs((place?.eta?.getTime() ?? 0) - Date.now())).toBeLessThan(5_000)
  })

  test('for a worker, where none was heard of for half a minute', async () => {
    const job = await submitted(bench)
    expect(await scene.explained(job)).toMatchObject({ reason: 'NO_WORKER', position: null, eta: null })
    await scene.online(worker, [], 2, 31)
    expect(await scene.explained(job)).toMatchObject({ reason: 'NO_WORKER' })
    await scene.online(worker, [], 2, 20)
    expect(await scene.explained(job)).toMatchObject({ reason: 'STARTING', position: 1 })
  })

  test('for a worker’s GPUs that has them all in use, and only renews its leases', async () => {
    await submitted(bench, { gpus: { count: 1 } })
    await claim(bench, worker, gpus(1), 0)
    await scene.online(worker, [], 0, 60)
    const job = await submitted(bench, { gpus: { count: 1 } })
    expect(await scene.explained(job)).toMatchObject({
      reason: 'BUSY',
      message: 'The one GPU that would do is in use.',
    })
    await scene.sql(`UPDATE leases SET until = now() + interval '14 s'`)
    expect(await scene.explained(job)).toMatchObject({ reason: 'NO_WORKER' })
  })

  test('for a GPU that nobody has, by model, memory or compute capability', async () => {
    await scene.online(worker, [gpu(1), gpu(2), gpu(3, { model: 'NVIDIA L4', memoryMb: 24_000 })])
    expect(await scene.explained(await submitted(bench, { gpus: { count: 1, model: 'H200' } }))).toEqual({
      position: null,
      reason: 'NO_SUCH_GPU',
      message: 'No worker has a GPU like “H200”; there are: NVIDIA L4 (1), Simulated A100 80GB (2).',
      eta: null,
    })
    const large = await submitted(bench, { gpus: { count: 1, minMemoryMb: 100_000 } })
    expect((await scene.explained(large))?.message).toContain('has a GPU with at least 100000 MB; there are:')
    const four = await submitted(bench, { gpus: { count: 4, model: 'a100' } })
    expect(await scene.explained(four)).toMatchObject({
      reason: 'NOT_ENOUGH_GPUS',
      message: 'It needs 4 such GPUs of one worker, and no worker has more than 2.',
    })
  })

  test('for labels, and for containers', async () => {
    await scene.online(worker, gpus(1), 1)
    await scene.describeWorker(worker, { zone: 'a' })
    const elsewhere = await submitted(bench, { workerLabels: { zone: 'b' } })
    expect(await scene.explained(elsewhere)).toMatchObject({
      reason: 'NO_SUCH_LABELS',
      message: 'No worker that could run it has zone=b; there are: zone=a.',
    })
    await scene.describeWorker(gone, {}, ['docker'])
    const contained = await submitted(bench, { container: { image: 'busybox' } })
    expect(await scene.explained(contained)).toMatchObject({ reason: 'NO_CONTAINERS' })
    await scene.online(otherWorker, [], 1)
    await scene.describeWorker(otherWorker, { zone: 'b' }, ['process', 'docker'])
    expect(await scene.explained(elsewhere)).toMatchObject({ reason: 'STARTING' })
    expect(await scene.explained(contained)).toMatchObject({ reason: 'BEHIND_OTHERS' })
  })

  test('for others, and is told how many and not whose', async () => {
    await scene.online(worker)
    await submitted(bench, { gpus: { count: 1 } }, bob)
    await claim(bench, worker, gpus(1), 0)
    await submitted(bench, { gpus: { count: 1 }, name: 'secret plan' }, bob)
    const second = await submitted(bench, { gpus: anA100, priority: -1 })
    const third = await submitted(bench, { gpus: { count: 1 }, priority: -5 })
    const places = await scene.explainAll([second.id, third.id])
    expect(places).toMatchObject([
      { reason: 'BUSY', position: 1 },
      { reason: 'BEHIND_OTHERS', position: 3, message: '2 jobs go before it.' },
    ])
    expect(JSON.stringify(places)).not.toMatch(/secret|bob|team-b/)
  })

  test('for all that would do, and knows when it will be free by time limits and by the past of its like', async () => {
    await scene.online(worker, gpus(1), 1)
    await submitted(bench, { gpus: { count: 1 }, timeoutSeconds: 600 })
    await claim(bench, worker, gpus(1), 0)
    const job = await submitted(bench, { gpus: { count: 1 } })
    const place = await scene.explained(job)
    expect(place).toMatchObject({ reason: 'BUSY', position: 1 })
    expect(secondsTo(place)).toBeCloseTo(600, -1)

    const slots = await submitted(bench)
    const [run] = await claim(bench, worker, [], 1)
    await scene.sql(`UPDATE runs SET state = 'running', started_at = now(), claimed_at = now() WHERE id = $1`, [
      run?.run.id,
    ])
    const next = await submitted(bench)
    expect(await scene.explained(next)).toMatchObject({ reason: 'BUSY', eta: null })
    await scene.sql(
      `INSERT INTO runs (job_id, attempt, worker_id, queued_at, claimed_at, started_at, finished_at, state, lease_epoch)
       SELECT $1, n, 'w', now(), now() - interval '1 day', now() - interval '1 day', now() - interval '1 day' + n * interval '1 minute',
         'completed', n FROM generate_series(2, 4) n`,
      [slots.id],
    )
    expect(secondsTo(await scene.explained(next))).toBeCloseTo(180, -1)
  })

  test('for GPUs that gather: they are kept for it, and other jobs are told so', async () => {
    await scene.online(worker, gpus(1, 2, 3, 4))
    await submitted(bench, { gpus: { count: 1 }, timeoutSeconds: 600 })
    await claim(bench, worker, gpus(1, 2, 3, 4), 0)
    const gang = await submitted(bench, { gpus: { count: 4 } })
    await claim(bench, worker, gpus(2, 3, 4), 0)
    const small = await submitted(bench, { gpus: { count: 1 } })
    const short = await submitted(bench, { gpus: { count: 1 }, timeoutSeconds: 60 })
    const [ofGang, ofSmall, ofShort] = await scene.explainAll([gang.id, small.id, short.id])
    expect(ofGang).toMatchObject({
      reason: 'GATHERING',
      position: 1,
      message: 'GPUs of worker-1 are kept for it: 3 of 4 are free.',
    })
    expect(secondsTo(ofGang)).toBeCloseTo(600, -1)
    expect(ofSmall).toMatchObject({
      reason: 'RESERVED_FOR_OTHERS',
      message: expect.stringMatching(
        /^GPUs that would do are free, and kept for a job that goes before it\. With a time limit of up to (59\d|600) s/,
      ),
    })
    expect(ofShort).toMatchObject({ reason: 'STARTING' })
    expect((await claim(bench, worker, gpus(2, 3, 4), 0)).map(({ job }) => job.id)).toEqual([short.id])
  })

  test('for several GPUs of one worker, where each has some free', async () => {
    await scene.online(worker, gpus(1, 2))
    await submitted(bench, { gpus: { count: 1 } })
    await claim(bench, worker, gpus(1, 2), 0)
    const gang = await submitted(bench, { gpus: { count: 2 } })
    expect(await scene.explained(gang)).toMatchObject({
      reason: 'BUSY',
      message: 'It needs 2 GPUs of one worker; the most that are free are 1, of worker-1.',
      eta: null,
    })
  })

  test('for runs of lower priority to be ended', async () => {
    await scene.online(worker)
    await submitted(bench, { gpus: { count: 1 }, preemptible: true })
    await claim(bench, worker, gpus(1), 0)
    const urgent = await submitted(bench, { gpus: { count: 1 }, priority: 10 })
    const { pool } = bench.database
    const announce = { changed: () => {}, queueGrew: () => {}, lookAtRuns: () => {}, tokenRevoked: () => {} }
    expect(await preemptRuns({ pool, announce, log })).toHaveLength(1)
    expect(await scene.explained(urgent)).toMatchObject({
      reason: 'PREEMPTING',
      message: 'A run of lower priority is being ended for it on worker-1.',
    })
  })

  test('for its account, which has as many GPUs or runs as it may', async () => {
    await scene.online(worker, gpus(1, 2, 3), 3)
    await saveAccount(bench.as(operator), { account: 'team-a', maxGpus: 2, maxRuns: 3 })
    await submitted(bench, { gpus: { count: 2 } })
    await claim(bench, worker, gpus(1, 2, 3), 0)
    const job = await submitted(bench, { gpus: { count: 1 } })
    expect(await scene.explained(job)).toMatchObject({
      reason: 'QUOTA',
      position: null,
      message: 'Account team-a holds 2 of its 2 GPUs.',
    })
    const never = await submitted(bench, { gpus: { count: 3 } })
    expect((await scene.explained(never))?.message).toBe(
      'Account team-a may hold 2 GPUs: it cannot start unless an operator raises that.',
    )
    const others = await submitted(bench, { gpus: { count: 1 } }, bob)
    expect(await scene.explained(others, bob)).toMatchObject({ reason: 'STARTING', position: 1 })
    await submitted(bench)
    await submitted(bench)
    await claim(bench, worker, [], 3)
    expect((await scene.explained(await submitted(bench)))?.message).toBe('Account team-a has 3 of its 3 runs.')
  })

  test('for its start time, and after a failure for its next attempt', async () => {
    const at = new Date(Date.now() + 3_600_000)
    const job = await submitted(bench, { startAt: at.toISOString() })
    expect(await scene.explained(job)).toEqual({
      position: null,
      reason: 'START_TIME',
      message: `Starts at ${at.toISOString()}, or when it can after that.`,
      eta: at,
    })
    await scene.sql(`UPDATE queue SET why_not_before = 'backoff'`)
    expect(await scene.explained(job)).toMatchObject({ reason: 'BACKOFF', eta: at })
  })
})

function secondsTo(place: Awaited<ReturnType<typeof scene.explained>>): number {
  return ((place?.eta?.getTime() ?? Number.NaN) - Date.now()) / 1000
}
