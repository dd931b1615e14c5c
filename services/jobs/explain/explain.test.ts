import type { Principal } from '@constellation/platform/identity.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { saveAccount } from '../accounts/accounts.ts'
import { finishRun } from '../finish.ts'
import { preemptRuns } from '../preempt.ts'
import { findAwaited } from '../sql/awaited.ts'
import { startRun } from '../start.ts'
import {
  alice,
  type Bench,
  bob,
  claim,
  empty,
  gpu,
  leaseOf,
  log,
  openBench,
  operator,
  otherWorker,
  submitted,
  worker,
} from '../testing.ts'
import { explainJobs } from './explain.ts'
import { readQueue } from './queue-view.ts'
import { createViews } from './queue-views.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())
beforeEach(async () => {
  await empty(bench)
  sightings.clear()
  await bench.database.pool.query('TRUNCATE sightings, known_gpus, known_workers')
})

const sql = (text: string, values: unknown[] = []) => bench.database.pool.query(text, values)
const gpus = (...numbers: number[]) => numbers.map((number) => gpu(number))
const gone: Principal = { id: 'worker-9', role: 'worker', accounts: [] }
const anA100 = { count: 1, model: 'A100' }

const sightings = new Map<string, { slots: number; secondsAgo: number }>()

/** A worker that was heard of this long ago, and what it takes. */
async function online(who: Principal, offered = gpus(1), slots = 0, secondsAgo = 0) {
  await claim(bench, who, offered, 0)
  sightings.set(who.id, { slots, secondsAgo })
}

/** Claims note the workers too, so this comes last. */
async function noteSightings() {
  for (const [workerId, { slots, secondsAgo }] of sightings) {
    await sql(
      `INSERT INTO sightings (worker_id, seen_at, slots) VALUES ($1, now() - $3 * interval '1 s', $2)
       ON CONFLICT (worker_id) DO UPDATE SET seen_at = excluded.seen_at, slots = $2`,
      [workerId, slots, secondsAgo],
    )
  }
}

async function describeWorker(who: Principal, labels: Record<string, string>, executors = ['process']) {
  await sql('INSERT INTO known_workers (worker_id, labels, executors, heard) VALUES ($1, $2, $3, 1)', [
    who.id,
    JSON.stringify(labels),
    executors,
  ])
}

async function explainAll(ids: readonly string[], who = alice) {
  await noteSightings()
  const { pool } = bench.database
  const views = createViews((kind) => readQueue(pool, kind, 45_000))
  const fresh = { recent: views.fresh, fresh: views.fresh }
  return explainJobs(pool, fresh, (waiting) => findAwaited(pool, who, waiting), ids)
}

async function explained({ id }: { id: string }, who = alice) {
  const [place] = await explainAll([id], who)
  return place
}

describe('a job waits', () => {
  test('for nothing but its worker’s next word, where what it needs is free', async () => {
    const job = await submitted(bench, { gpus: { count: 1 } })
    await online(worker, [])
    expect(await explained(job)).toMatchObject({ reason: 'NO_SUCH_GPU' })
    await claim(bench, worker, gpus(1), 0)
    expect(await explained(job)).toBeNull()
    await online(otherWorker, gpus(2))
    const next = await submitted(bench, { gpus: { count: 1 } })
    const place = await explained(next)
    expect(place).toMatchObject({ reason: 'STARTING', position: 1 })
    expect(Math.abs((place?.eta?.getTime() ?? 0) - Date.now())).toBeLessThan(5_000)
  })

  test('for a worker, where none was heard of for half a minute', async () => {
    const job = await submitted(bench)
    expect(await explained(job)).toMatchObject({ reason: 'NO_WORKER', position: null, eta: null })
    await online(worker, [], 2, 31)
    expect(await explained(job)).toMatchObject({ reason: 'NO_WORKER' })
    await online(worker, [], 2, 20)
    expect(await explained(job)).toMatchObject({ reason: 'STARTING', position: 1 })
  })

  test('for a worker’s GPUs that has them all in use, and only renews its leases', async () => {
    await submitted(bench, { gpus: { count: 1 } })
    await claim(bench, worker, gpus(1), 0)
    await online(worker, [], 0, 60)
    const job = await submitted(bench, { gpus: { count: 1 } })
    expect(await explained(job)).toMatchObject({ reason: 'BUSY', message: 'The one GPU that would do is in use.' })
    await sql(`UPDATE leases SET until = now() + interval '14 s'`)
    expect(await explained(job)).toMatchObject({ reason: 'NO_WORKER' })
  })

  test('for a GPU that nobody has, by model, memory or compute capability', async () => {
    await online(worker, [gpu(1), gpu(2), gpu(3, { model: 'NVIDIA L4', memoryMb: 24_000 })])
    expect(await explained(await submitted(bench, { gpus: { count: 1, model: 'H200' } }))).toEqual({
      position: null,
      reason: 'NO_SUCH_GPU',
      message: 'No worker has a GPU like “H200”; there are: NVIDIA L4 (1), Simulated A100 80GB (2).',
      eta: null,
    })
    const large = await submitted(bench, { gpus: { count: 1, minMemoryMb: 100_000 } })
    expect((await explained(large))?.message).toContain('has a GPU with at least 100000 MB; there are:')
    const four = await submitted(bench, { gpus: { count: 4, model: 'a100' } })
    expect(await explained(four)).toMatchObject({
      reason: 'NOT_ENOUGH_GPUS',
      message: 'It needs 4 such GPUs of one worker, and no worker has more than 2.',
    })
  })

  test('for labels, and for containers', async () => {
    await online(worker, gpus(1), 1)
    await describeWorker(worker, { zone: 'a' })
    const elsewhere = await submitted(bench, { workerLabels: { zone: 'b' } })
    expect(await explained(elsewhere)).toMatchObject({
      reason: 'NO_SUCH_LABELS',
      message: 'No worker that could run it has zone=b; there are: zone=a.',
    })
    await describeWorker(gone, {}, ['docker'])
    const contained = await submitted(bench, { container: { image: 'busybox' } })
    expect(await explained(contained)).toMatchObject({ reason: 'NO_CONTAINERS' })
    await online(otherWorker, [], 1)
    await describeWorker(otherWorker, { zone: 'b' }, ['process', 'docker'])
    expect(await explained(elsewhere)).toMatchObject({ reason: 'STARTING' })
    expect(await explained(contained)).toMatchObject({ reason: 'BEHIND_OTHERS' })
  })

  test('for others, and is told how many and not whose', async () => {
    await online(worker)
    await submitted(bench, { gpus: { count: 1 } }, bob)
    await claim(bench, worker, gpus(1), 0)
    await submitted(bench, { gpus: { count: 1 }, name: 'secret plan' }, bob)
    const second = await submitted(bench, { gpus: anA100, priority: -1 })
    const third = await submitted(bench, { gpus: { count: 1 }, priority: -5 })
    const places = await explainAll([second.id, third.id])
    expect(places).toMatchObject([
      { reason: 'BUSY', position: 1 },
      { reason: 'BEHIND_OTHERS', position: 3, message: '2 jobs go before it.' },
    ])
    expect(JSON.stringify(places)).not.toMatch(/secret|bob|team-b/)
  })

  test('for all that would do, and knows when it will be free by time limits and by the past of its like', async () => {
    await online(worker, gpus(1), 1)
    await submitted(bench, { gpus: { count: 1 }, timeoutSeconds: 600 })
    await claim(bench, worker, gpus(1), 0)
    const job = await submitted(bench, { gpus: { count: 1 } })
    const place = await explained(job)
    expect(place).toMatchObject({ reason: 'BUSY', position: 1 })
    expect(secondsTo(place)).toBeCloseTo(600, -1)

    const slots = await submitted(bench)
    const [run] = await claim(bench, worker, [], 1)
    await sql(`UPDATE runs SET state = 'running', started_at = now(), claimed_at = now() WHERE id = $1`, [run?.run.id])
    const next = await submitted(bench)
    expect(await explained(next)).toMatchObject({ reason: 'BUSY', eta: null })
    await sql(
      `INSERT INTO runs (job_id, attempt, worker_id, queued_at, claimed_at, started_at, finished_at, state, lease_epoch)
       SELECT $1, n, 'w', now(), now() - interval '1 day', now() - interval '1 day', now() - interval '1 day' + n * interval '1 minute',
         'completed', n FROM generate_series(2, 4) n`,
      [slots.id],
    )
    expect(secondsTo(await explained(next))).toBeCloseTo(180, -1)
  })

  test('for GPUs that gather: they are kept for it, and other jobs are told so', async () => {
    await online(worker, gpus(1, 2, 3, 4))
    await submitted(bench, { gpus: { count: 1 }, timeoutSeconds: 600 })
    await claim(bench, worker, gpus(1, 2, 3, 4), 0)
    const gang = await submitted(bench, { gpus: { count: 4 } })
    await claim(bench, worker, gpus(2, 3, 4), 0)
    const small = await submitted(bench, { gpus: { count: 1 } })
    const short = await submitted(bench, { gpus: { count: 1 }, timeoutSeconds: 60 })
    const [ofGang, ofSmall, ofShort] = await explainAll([gang.id, small.id, short.id])
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
    await online(worker, gpus(1, 2))
    await submitted(bench, { gpus: { count: 1 } })
    await claim(bench, worker, gpus(1, 2), 0)
    const gang = await submitted(bench, { gpus: { count: 2 } })
    expect(await explained(gang)).toMatchObject({
      reason: 'BUSY',
      message: 'It needs 2 GPUs of one worker; the most that are free are 1, of worker-1.',
      eta: null,
    })
  })

  test('for runs of lower priority to be ended', async () => {
    await online(worker)
    await submitted(bench, { gpus: { count: 1 }, preemptible: true })
    await claim(bench, worker, gpus(1), 0)
    const urgent = await submitted(bench, { gpus: { count: 1 }, priority: 10 })
    const { pool } = bench.database
    const announce = { changed: () => {}, queueGrew: () => {}, lookAtRuns: () => {}, tokenRevoked: () => {} }
    expect(await preemptRuns({ pool, announce, log })).toHaveLength(1)
    expect(await explained(urgent)).toMatchObject({
      reason: 'PREEMPTING',
      message: 'A run of lower priority is being ended for it on worker-1.',
    })
  })

  test('for its account, which has as many GPUs or runs as it may', async () => {
    await online(worker, gpus(1, 2, 3), 3)
    await saveAccount(bench.as(operator), { account: 'team-a', maxGpus: 2, maxRuns: 3 })
    await submitted(bench, { gpus: { count: 2 } })
    await claim(bench, worker, gpus(1, 2, 3), 0)
    const job = await submitted(bench, { gpus: { count: 1 } })
    expect(await explained(job)).toMatchObject({
      reason: 'QUOTA',
      position: null,
      message: 'Account team-a holds 2 of its 2 GPUs.',
    })
    const never = await submitted(bench, { gpus: { count: 3 } })
    expect((await explained(never))?.message).toBe(
      'Account team-a may hold 2 GPUs: it cannot start unless an operator raises that.',
    )
    const others = await submitted(bench, { gpus: { count: 1 } }, bob)
    expect(await explained(others, bob)).toMatchObject({ reason: 'STARTING', position: 1 })
    await submitted(bench)
    await submitted(bench)
    await claim(bench, worker, [], 3)
    expect((await explained(await submitted(bench)))?.message).toBe('Account team-a has 3 of its 3 runs.')
  })

  test('for its start time, and after a failure for its next attempt', async () => {
    const at = new Date(Date.now() + 3_600_000)
    const job = await submitted(bench, { startAt: at.toISOString() })
    expect(await explained(job)).toEqual({
      position: null,
      reason: 'START_TIME',
      message: `Starts at ${at.toISOString()}, or when it can after that.`,
      eta: at,
    })
    await sql(`UPDATE queue SET why_not_before = 'backoff'`)
    expect(await explained(job)).toMatchObject({ reason: 'BACKOFF', eta: at })
  })
})

describe('a job waits for others', () => {
  test('and says which of them, if it may', async () => {
    await online(worker, [], 2)
    const data = await submitted(bench, { name: 'data' })
    const train = await submitted(bench, { name: 'train', dependsOn: [data.id], startAt: '2099-01-01T00:00:00.000Z' })
    expect(await explained(train)).toEqual({
      position: null,
      reason: 'DEPENDENCY',
      message: `Waits for job data (${data.id}), which is queued.`,
      eta: null,
    })
    const [run] = await claim(bench, worker, [], 1)
    if (run) await startRun(bench.as(worker), leaseOf(run))
    expect((await explained(train))?.message).toBe(`Waits for job data (${data.id}), which is running.`)
    expect((await explained(train, bob))?.message).toBe('Waits for a job.')
    if (run) await finishRun(bench.as(worker), { ...leaseOf(run), outcome: 'EXITED', exitCode: 0, logChunks: 1 })
    expect(await explained(train)).toMatchObject({ reason: 'START_TIME' })
  })

  test('and of many names the first few', async () => {
    const first = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => submitted(bench, { name })))
    const last = await submitted(bench, { after: first.map(({ id }) => id) })
    expect((await explained(last))?.message).toMatch(
      /^Waits for job .*, and for job .*, and for job .*, and for 2 more\.$/,
    )
  })
})

test('a list of jobs is explained by as many questions as one job', async () => {
  await online(worker, gpus(1), 1)
  await noteSightings()
  const first = await submitted(bench, { name: 'first' })
  const jobs = [first]
  for (let i = 0; i < 12; i++)
    jobs.push(await submitted(bench, { gpus: { count: i % 2 }, dependsOn: i % 3 ? [] : [first.id] }))
  const loaders = bench.as(alice).loaders
  const asked = vi.spyOn(bench.database.pool, 'query')
  const places = await loaders.queuePlace.loadMany(jobs.map(({ id }) => id))
  expect(asked.mock.calls.length).toBe(2)
  expect(places).toHaveLength(13)
  expect(places.every((place) => place !== null && 'reason' in place)).toBe(true)
  asked.mockRestore()
})

test('a job that runs, has ended or is not there waits for nothing', async () => {
  await online(worker, [], 1)
  const job = await submitted(bench)
  const [run] = await claim(bench, worker, [], 1)
  expect(await explained(job)).toBeNull()
  if (run) await finishRun(bench.as(worker), { ...leaseOf(run), outcome: 'EXITED', exitCode: 0, logChunks: 1 })
  expect(await explained(job)).toBeNull()
  expect(await explained({ id: '00000000-0000-7000-8000-999999999999' })).toBeNull()
})

function secondsTo(place: Awaited<ReturnType<typeof explained>>): number {
  return ((place?.eta?.getTime() ?? Number.NaN) - Date.now()) / 1000
}
