import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cancelJob } from './cancelling/cancel.ts'
import { claimRuns } from './claim.ts'
import { finishRun } from './finish.ts'
import { eventsOfJob } from './listing/history.ts'
import { readLog } from './logs/logs.ts'
import { renewLeases } from './renew.ts'
import { startRun } from './start.ts'
import {
  alice,
  type Bench,
  claim,
  claimed,
  empty,
  gpu,
  leaseOf,
  openBench,
  otherWorker,
  started,
  submitted,
  worker,
} from './testing.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())
beforeEach(async () => {
  await empty(bench)
})

async function jobNow(id: string) {
  const job = await bench.as(alice).loaders.job.load(id)
  if (!job) throw new Error('the job is gone')
  return job
}

describe('a claim', () => {
  test('gives the job of the highest priority first, and the oldest of those', async () => {
    await submitted(bench, { name: 'old' })
    await submitted(bench, { name: 'new' })
    await submitted(bench, { name: 'urgent', priority: 5 })
    const claims = await claim(bench, worker, [], 10)
    expect(claims.map(({ job }) => job.name)).toEqual(['urgent', 'old', 'new'])
  })

  test('takes no more than the slots', async () => {
    for (let i = 0; i < 5; i++) await submitted(bench)
    expect(await claim(bench, worker, [], 2)).toHaveLength(2)
    expect(await claim(bench, worker, [], 10)).toHaveLength(3)
  })

  test('binds the GPUs that the job asks for, and leaves a job that they do not suit', async () => {
    await submitted(bench, { name: 'other model', gpus: { count: 1, model: 'H100' } })
    await submitted(bench, { name: 'too large', gpus: { count: 1, minMemoryMb: 100_000 } })
    await submitted(bench, { name: 'too many', gpus: { count: 3 } })
    await submitted(bench, { name: 'fits', gpus: { count: 2, model: 'a100', minMemoryMb: 80_000 } })
    const claims = await claim(bench, worker, [gpu(1), gpu(2)], 4)
    expect(claims.map(({ job, gpus }) => [job.name, gpus.map((each) => each.uuid)])).toEqual([
      ['fits', ['GPU-1', 'GPU-2']],
    ])
  })

  test('does not bind a GPU that a live run holds, whatever the worker says', async () => {
    await submitted(bench, { gpus: { count: 1 } })
    await submitted(bench, { gpus: { count: 1 } })
    await claimed(bench, [gpu(1)])
    expect(await claim(bench, worker, [gpu(1)], 1)).toEqual([])
    expect(await claim(bench, otherWorker, [gpu(1)], 1)).toEqual([])
  })

  test('is not held up by jobs at the head of the queue that no GPU of this worker can serve', async () => {
    for (let i = 0; i < 30; i++) await submitted(bench, { gpus: { count: 2, model: i % 2 ? 'H100' : 'A100' } })
    await submitted(bench, { name: 'fits', gpus: { count: 1 } })
    const gpus = [gpu(1, { model: 'A100' }), gpu(2, { model: 'H100' })]
    const claims = await claim(bench, worker, gpus, 0)
    expect(claims.map(({ job }) => job.name)).toEqual(['fits'])
  })

  test('keeps the order of the queue across different kinds of request', async () => {
    await submitted(bench, { name: 'first', gpus: { count: 1, model: 'Simulated' } })
    await submitted(bench, { name: 'second', gpus: { count: 1 } })
    await submitted(bench, { name: 'urgent', gpus: { count: 1, minMemoryMb: 1000 }, priority: 1 })
    const claims = await claim(bench, worker, [gpu(1), gpu(2), gpu(3)], 0)
    expect(claims.map(({ job }) => job.name)).toEqual(['urgent', 'first', 'second'])
  })

  test('keeps GPUs for a job that needs several, which get there although small jobs go on coming', async () => {
    await submitted(bench, { name: 'small-1', gpus: { count: 1 } })
    const [first] = await claim(bench, worker, [gpu(1), gpu(2)], 0)
    if (!first) throw new Error('nothing was claimed')
    await submitted(bench, { name: 'gang', gpus: { count: 2 } })
    await submitted(bench, { name: 'small-2', gpus: { count: 1 } })
    const free = [gpu(1), gpu(2)].filter((each) => !first.gpus.some(({ id }) => id === each.id))
    expect(await claim(bench, worker, free, 0)).toEqual([])
    expect(await claim(bench, worker, free, 0)).toEqual([])
    const kept = await bench.database.pool.query(
      'SELECT worker_id, j.name FROM reservations r JOIN jobs j ON j.id = r.job_id',
    )
    expect(kept.rows).toEqual([{ worker_id: worker.id, name: 'gang' }])
    await finishRun(bench.as(worker), {
      ...leaseOf(first),
      outcome: 'EXITED',
      exitCode: 0,
      logChunks: 1,
      endedMsAgo: 0,
    })
    expect((await claim(bench, worker, [gpu(1), gpu(2)], 0)).map(({ job }) => job.name)).toEqual(['gang'])
    expect((await bench.database.pool.query('SELECT FROM reservations')).rowCount).toBe(0)
  })

  test('lets a job use kept GPUs whose time limit ends it before they are needed', async () => {
    await submitted(bench, { name: 'hour', gpus: { count: 1 }, timeoutSeconds: 3600 })
    const [first] = await claim(bench, worker, [gpu(1), gpu(2)], 0)
    const free = [gpu(1), gpu(2)].filter((each) => !first?.gpus.some(({ id }) => id === each.id))
    await submitted(bench, { name: 'gang', gpus: { count: 2 } })
    await submitted(bench, { name: 'long', gpus: { count: 1 }, timeoutSeconds: 7200 })
    await submitted(bench, { name: 'short', gpus: { count: 1 }, timeoutSeconds: 60 })
    expect((await claim(bench, worker, free, 0)).map(({ job }) => job.name)).toEqual(['short'])
  })

  test('gives its runs although it could not be noted that the worker was there', async () => {
    await submitted(bench)
    const { pool } = bench.database
    await pool.query('ALTER TABLE sightings RENAME TO elsewhere')
    try {
      expect(await claim(bench, { ...worker, id: 'unseen' }, [], 1)).toHaveLength(1)
    } finally {
      await pool.query('ALTER TABLE elsewhere RENAME TO sightings')
    }
    await claim(bench, { ...worker, id: 'unseen' }, [], 1)
    const { rows } = await pool.query(`SELECT worker_id FROM sightings WHERE worker_id = 'unseen'`)
    expect(rows).toHaveLength(1)
  })

  test('made by many workers at once gives each of them a job, where there are enough', async () => {
    for (let i = 0; i < 6; i++) await submitted(bench, { gpus: { count: 1 } })
    const claims = await Promise.all(
      Array.from({ length: 6 }, (_, i) => claim(bench, { ...worker, id: `w${i}` }, [gpu(i)], 0)),
    )
    expect(claims.map((each) => each.length)).toEqual([1, 1, 1, 1, 1, 1])
    expect(new Set(claims.flat().map(({ job }) => job.id)).size).toBe(6)
  })

  test('made by many at once gives each job to one of them', async () => {
    for (let i = 0; i < 40; i++) await submitted(bench)
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(bench, worker, [], 10)))
    const ids = claims.flat().map(({ job }) => job.id)
    expect(new Set(ids).size).toBe(ids.length)
    const rest = await claim(bench, worker, [], 40)
    expect(ids.length + rest.length).toBe(40)
  })

  test('gets no GPU that is another worker’s, or that is not there', async () => {
    await submitted(bench, { gpus: { count: 1 } })
    const ofOthers = gpu(11)
    expect(await claim(bench, otherWorker, [ofOthers], 0)).toHaveLength(1)
    await submitted(bench, { gpus: { count: 1 } })
    const gone = { id: '00000000-0000-7000-8000-999999999999' }
    const gpuIds = [ofOthers.id, gone.id]
    expect(await claimRuns(bench.as(worker), { gpuIds, cpuSlots: 0 })).toEqual([])
  })

  test('is for workers only', async () => {
    await expect(claim(bench, alice, [], 1)).rejects.toThrow('role worker')
  })
})

test('many jobs without a GPU do not stand in the way of one with, nor the other way round', async () => {
  for (let i = 0; i < 60; i++) await submitted(bench, { name: 'cpu', priority: 1 })
  await submitted(bench, { name: 'gpu', gpus: { count: 1 } })
  const claims = await claim(bench, worker, [gpu(1)], 1)
  expect(claims.map(({ job }) => job.name)).toEqual(['gpu', 'cpu'])
  expect(await claim(bench, worker, [], 0)).toEqual([])
})

describe('a lease', () => {
  test('is refused to another worker, and with another epoch', async () => {
    await submitted(bench)
    const claim = await claimed(bench)
    const lease = leaseOf(claim)
    expect((await startRun(bench.as(otherWorker), lease)).standing).toBe('OVER')
    expect((await startRun(bench.as(worker), { ...lease, epoch: lease.epoch + 1 })).standing).toBe('OVER')
    expect((await startRun(bench.as(worker), lease)).standing).toBe('HELD')
    expect(await renewLeases(bench.as(otherWorker), [lease])).toMatchObject([{ standing: 'OVER', leaseMs: 0 }])
    expect(await renewLeases(bench.as(worker), [lease])).toMatchObject([{ standing: 'HELD', leaseMs: 45_000 }])
  })

  test('is renewed by a start that is said again, as a worker does that takes a run up again', async () => {
    await submitted(bench)
    const claim = await started(bench)
    const left = async () => {
      const { rows } = await bench.database.pool.query<{ ms: number }>(
        'SELECT (extract(epoch FROM until - now()) * 1000)::integer AS ms FROM leases WHERE run_id = $1',
        [claim.run.id],
      )
      return rows[0]?.ms ?? 0
    }
    await bench.database.pool.query(`UPDATE leases SET until = now() + interval '1 s' WHERE run_id = $1`, [
      claim.run.id,
    ])
    expect(await startRun(bench.as(worker), leaseOf(claim))).toMatchObject({ standing: 'HELD', leaseMs: 45_000 })
    expect(await left()).toBeGreaterThan(40_000)
  })

  test('tells of a cancel, and the report of the worker ends the job', async () => {
    const job = await submitted(bench)
    const lease = leaseOf(await started(bench))
    await cancelJob(bench.as(alice), job.id)
    expect(bench.said.at(-1)).toBe('lookAtRuns worker-1')
    expect(await renewLeases(bench.as(worker), [lease])).toMatchObject([{ standing: 'CANCEL' }])
    await finishRun(bench.as(worker), { ...lease, outcome: 'CANCELLED', signal: 'SIGTERM', logChunks: 1 })
    expect(await jobNow(job.id)).toMatchObject({ state: 'cancelled' })
  })
})

describe('a run that ends', () => {
  test('completes its job, frees its GPUs, and leaves every change as an event', async () => {
    const job = await submitted(bench, { gpus: { count: 1 } })
    const run = await started(bench)
    await finishRun(bench.as(worker), { ...leaseOf(run), outcome: 'EXITED', exitCode: 0, logChunks: 3 })
    const ended = await jobNow(job.id)
    expect(ended).toMatchObject({ state: 'completed', version: 4, reason: null })
    const events = await eventsOfJob(bench.as(alice), ended)
    expect(events.map(({ type, version }) => [type, version])).toEqual([
      ['job.queued', 1],
      ['job.claimed', 2],
      ['job.running', 3],
      ['job.completed', 4],
    ])
    await submitted(bench, { gpus: { count: 1 } })
    expect(await claim(bench, worker, [gpu(1)], 1)).toHaveLength(1)
  })

  test('is billed up to when it ended, however late that is heard of, and never from before it started', async () => {
    const job = await submitted(bench)
    const lease = leaseOf(await started(bench))
    await bench.database.pool.query(
      `UPDATE runs SET claimed_at = now() - interval '10 s', started_at = now() - interval '10 s' WHERE job_id = $1`,
      [job.id],
    )
    await finishRun(bench.as(worker), { ...lease, outcome: 'EXITED', exitCode: 0, endedMsAgo: 7_000, logChunks: 1 })
    const [run] = await bench.as(alice).loaders.runsOfJob.load(job.id)
    const seconds = ((run?.finishedAt?.getTime() ?? 0) - (run?.startedAt?.getTime() ?? 0)) / 1000
    expect(Math.round(seconds)).toBe(3)

    const other = await submitted(bench)
    await finishRun(bench.as(worker), {
      ...leaseOf(await started(bench)),
      outcome: 'EXITED',
      exitCode: 0,
      endedMsAgo: 9_999,
      logChunks: 1,
    })
    const [short] = await bench.as(alice).loaders.runsOfJob.load(other.id)
    expect(short?.finishedAt).toEqual(short?.startedAt)
  })

  test('is heard once: a second report changes nothing', async () => {
    const job = await submitted(bench)
    const lease = leaseOf(await started(bench))
    await finishRun(bench.as(worker), { ...lease, outcome: 'EXITED', exitCode: 0, logChunks: 1 })
    const before = await jobNow(job.id)
    await finishRun(bench.as(worker), { ...lease, outcome: 'EXITED', exitCode: 1, logChunks: 1 })
    expect(await jobNow(job.id)).toEqual(before)
  })

  test('by its own fault uses up a retry, and fails the job when none is left', async () => {
    const job = await submitted(bench, { maxRetries: 1 })
    await finishRun(bench.as(worker), {
      ...leaseOf(await started(bench)),
      outcome: 'EXITED',
      exitCode: 3,
      logChunks: 1,
    })
    expect(await jobNow(job.id)).toMatchObject({ state: 'queued', failures: 1, startedAt: null })
    await finishRun(bench.as(worker), {
      ...leaseOf(await started(bench)),
      outcome: 'EXITED',
      exitCode: 3,
      logChunks: 1,
    })
    expect(await jobNow(job.id)).toMatchObject({ state: 'failed', failures: 2, reason: 'Ended with exit code 3.' })
    const runs = await bench.as(alice).loaders.runsOfJob.load(job.id)
    expect(runs.map(({ attempt, state, exitCode }) => [attempt, state, exitCode])).toEqual([
      [1, 'failed', 3],
      [2, 'failed', 3],
    ])
  })

  test('because its worker let go of it waits again in its old place, uses up no retry, and its log has an end', async () => {
    const job = await submitted(bench)
    const { run } = await claimed(bench)
    await submitted(bench)
    await finishRun(bench.as(worker), { runId: run.id, epoch: run.leaseEpoch, outcome: 'RELEASED', logChunks: 0 })
    expect(await jobNow(job.id)).toMatchObject({ state: 'queued', failures: 0 })
    expect(bench.said.at(-1)).toBe('queueGrew')
    const lost = await bench.as(alice).loaders.run.load(run.id)
    expect(lost && (await readLog(bench.database.pool, lost, -1, 10))).toMatchObject({ chunks: [], ended: true })
    expect((await claimed(bench)).job.id).toBe(job.id)
  })
})

test('cancelling a job at any moment of its life ends it, and nothing of it is left in the queue', async () => {
  for (let i = 0; i < 30; i++) {
    const job = await submitted(bench, { maxRetries: 5 })
    const run = async () => {
      for (const given of await claim(bench, worker, [], 1)) {
        await startRun(bench.as(worker), leaseOf(given))
        const end = { ...leaseOf(given), outcome: 'EXITED', exitCode: 1, logChunks: 1, endedMsAgo: 0 } as const
        await finishRun(bench.as(worker), end)
      }
    }
    await Promise.all([run().then(run), cancelJob(bench.as(alice), job.id)])
    // What was claimed at that moment hears of it, and ends.
    await run()
    expect(await jobNow(job.id)).toMatchObject({ cancelRequested: true, state: 'cancelled' })
    const left = await bench.database.pool.query(
      'SELECT job_id FROM queue WHERE job_id = $1 UNION ALL SELECT job_id FROM leases WHERE job_id = $1',
      [job.id],
    )
    expect(left.rows).toEqual([])
  }
})
