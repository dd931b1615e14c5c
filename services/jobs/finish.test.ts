import { describe, expect, test } from 'vitest'
import { finishRun, finishRuns } from './finish.ts'
import type { FinishRunInput, RunMetricsInput } from './generated/resolvers.ts'
import { alice, claim, gpu, jobNow, leaseOf, otherWorker, started, submitted, useBench, worker } from './testing.ts'

const bench = await useBench({ emptied: true })

const onOneGpu = { gpus: { count: 1 } }
const report = (lease: { runId: string; epoch: number }, changes: Partial<FinishRunInput>): FinishRunInput => ({
  ...lease,
  outcome: 'EXITED',
  logChunks: 1,
  endedMsAgo: 0,
  ...changes,
})

test('a reason with half a character in it ends its run all the same, and those that are reported with it', async () => {
  const jobs = [await submitted(bench, onOneGpu), await submitted(bench, onOneGpu)]
  const runs = [leaseOf(await started(bench, [gpu(1)])), leaseOf(await started(bench, [gpu(2)]))]
  await finishRuns(
    bench.as(worker),
    runs.map((lease) => report(lease, { exitCode: 1, reason: 'It said \ud83d.' })),
  )
  for (const { id } of jobs)
    expect(await jobNow(bench, id)).toMatchObject({ state: 'failed', reason: 'It said \uFFFD.' })
})

describe('a run whose GPU failed', () => {
  const gpuFailed = { outcome: 'GPU_FAILED', reason: 'GPU-1: XID 79.' } as const

  test('is lost, and its job waits in its old place with all of its retries', async () => {
    const job = await submitted(bench, { ...onOneGpu, maxRetries: 1 })
    const lease = leaseOf(await started(bench))
    await submitted(bench, onOneGpu)
    await finishRun(bench.as(worker), report(lease, gpuFailed))
    expect(await jobNow(bench, job.id)).toMatchObject({ state: 'queued', failures: 0, reason: 'GPU-1: XID 79.' })
    expect(bench.said.at(-1)).toBe('queueGrew')
    const [run] = await bench.as(alice).loaders.runsOfJob.load(job.id)
    expect(run).toMatchObject({ state: 'lost', outcome: 'GPU_FAILED', reason: 'GPU-1: XID 79.' })
    const next = await claim(bench, otherWorker, [gpu(2)], 0)
    expect(next.map((given) => given.job.id)).toEqual([job.id])
  })

  test('five times in a row fails the job; what ended in another way in between begins the count anew', async () => {
    const job = await submitted(bench, { ...onOneGpu, maxRetries: 1 })
    const end = async (how: Partial<FinishRunInput>) => {
      await finishRun(bench.as(worker), report(leaseOf(await started(bench)), how))
      return (await jobNow(bench, job.id)).state
    }
    for (let i = 0; i < 4; i++) expect(await end(gpuFailed)).toBe('queued')
    expect(await end({ exitCode: 1 })).toBe('queued')
    for (let i = 0; i < 4; i++) expect(await end(gpuFailed)).toBe('queued')
    expect(await end(gpuFailed)).toBe('failed')
    expect((await jobNow(bench, job.id)).reason).toContain('attempt 5 in a row')
    const left = await bench.database.pool.query('SELECT FROM queue UNION ALL SELECT FROM leases')
    expect(left.rowCount).toBe(0)
  })

  test.each(['GPU_FAILED', 'IDLE'] as const)(
    'or did nothing has one: %s is refused where there is none',
    async (outcome) => {
      await submitted(bench)
      const lease = leaseOf(await started(bench, []))
      await expect(finishRun(bench.as(worker), report(lease, { outcome }))).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        problems: [{ path: 'outcome', message: 'is only for runs with GPUs' }],
      })
      await expect(finishRuns(bench.as(worker), [report(lease, { outcome })])).rejects.toMatchObject({
        problems: [{ path: 'inputs.0.outcome' }],
      })
      expect(await finishRun(bench.as(otherWorker), report(lease, { outcome }))).toMatchObject({ standing: 'OVER' })
    },
  )
})

describe('what the GPUs of a run did', () => {
  const all: RunMetricsInput = {
    meanUtilisationPercent: 50,
    maxUtilisationPercent: 100,
    peakMemoryMb: 1,
    energyJoules: 2,
    maxTemperatureC: 60,
    meanPowerWatts: 250.5,
    maxPowerWatts: 400,
    throttledSeconds: 3.5,
    throttleReasons: ['POWER_CAP', 'HW_THERMAL', 'POWER_CAP'],
    idleSeconds: 7,
    xids: [13, 79, 13],
  }
  const metricsAfter = async (metrics: RunMetricsInput) => {
    const job = await submitted(bench, onOneGpu)
    await finishRun(bench.as(worker), report(leaseOf(await started(bench)), { exitCode: 0, metrics }))
    const [run] = await bench.as(alice).loaders.runsOfJob.load(job.id)
    return run?.metrics
  }

  test('is kept, each reason and each XID once', async () => {
    expect(await metricsAfter(all)).toEqual({ ...all, throttleReasons: ['POWER_CAP', 'HW_THERMAL'], xids: [13, 79] })
  })

  test('is null where a worker does not tell', async () => {
    const told = await metricsAfter({ energyJoules: 5 })
    expect(told).toMatchObject({ energyJoules: 5, meanPowerWatts: null, throttleReasons: null, xids: null })
  })

  test.each<[string, RunMetricsInput]>([
    ['metrics.meanPowerWatts', { meanPowerWatts: -1 }],
    ['metrics.throttledSeconds', { throttledSeconds: Infinity }],
    ['metrics.idleSeconds', { idleSeconds: -0.1 }],
    ['metrics.xids.0', { xids: [1001] }],
    ['metrics.xids.1', { xids: [0, -1] }],
    ['metrics.xids', { xids: Array.from({ length: 65 }, (_, i) => i) }],
  ])('is refused out of bounds: %s', async (path, metrics) => {
    await submitted(bench, onOneGpu)
    const lease = leaseOf(await started(bench))
    await expect(finishRun(bench.as(worker), report(lease, { exitCode: 0, metrics }))).rejects.toMatchObject({
      problems: [{ path }],
    })
  })
})
