import { describe, expect, test } from 'vitest'
import { cancelJob } from '../cancelling/cancel.ts'
import { finishRun } from '../finish.ts'
import { eventsOfJob } from '../listing/history.ts'
import { readLog } from '../logs/logs.ts'
import { startRun } from '../start.ts'
import { alice, claim, claimed, gpu, jobNow, leaseOf, started, submitted, useBench, worker } from '../testing.ts'

const bench = await useBench({ emptied: true })

describe('a run that ends', () => {
  test('completes its job, frees its GPUs, and leaves every change as an event', async () => {
    const job = await submitted(bench, { gpus: { count: 1 } })
    const run = await started(bench)
    await finishRun(bench.as(worker), { ...leaseOf(run), outcome: 'EXITED', exitCode: 0, logChunks: 3 })
    const ended = await jobNow(bench, job.id)
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
    const before = await jobNow(bench, job.id)
    await finishRun(bench.as(worker), { ...lease, outcome: 'EXITED', exitCode: 1, logChunks: 1 })
    expect(await jobNow(bench, job.id)).toEqual(before)
  })

  test('by its own fault uses up a retry, and fails the job when none is left', async () => {
    const job = await submitted(bench, { maxRetries: 1 })
    await finishRun(bench.as(worker), {
      ...leaseOf(await started(bench)),
      outcome: 'EXITED',
      exitCode: 3,
      logChunks: 1,
    })
    expect(await jobNow(bench, job.id)).toMatchObject({ state: 'queued', failures: 1, startedAt: null })
    await finishRun(bench.as(worker), {
      ...leaseOf(await started(bench)),
      outcome: 'EXITED',
      exitCode: 3,
      logChunks: 1,
    })
    expect(await jobNow(bench, job.id)).toMatchObject({
      state: 'failed',
      failures: 2,
      reason: 'Ended with exit code 3.',
    })
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
    expect(await jobNow(bench, job.id)).toMatchObject({ state: 'queued', failures: 0 })
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
    expect(await jobNow(bench, job.id)).toMatchObject({ cancelRequested: true, state: 'cancelled' })
    const left = await bench.database.pool.query(
      'SELECT job_id FROM queue WHERE job_id = $1 UNION ALL SELECT job_id FROM leases WHERE job_id = $1',
      [job.id],
    )
    expect(left.rows).toEqual([])
  }
})
