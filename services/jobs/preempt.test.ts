import { expect, test } from 'vitest'
import { finishRun } from './finish.ts'
import { eventsOfJob } from './listing/history.ts'
import { preemptRuns } from './preempt.ts'
import { renewLeases } from './renew.ts'
import { startRun } from './start.ts'
import { alice, claim, empty, gpu, leaseOf, log, submitted, useBench, worker } from './testing.ts'

const bench = await useBench({ emptied: true })

const preempt = () => {
  const { pool, announce } = bench.as(alice)
  return preemptRuns({ pool, announce, log })
}

/** A run of a job of this name on GPU 1. */
async function running(name: string, preemptible: boolean) {
  const job = await submitted(bench, { name, gpus: { count: 1 } })
  await bench.database.pool.query('UPDATE jobs SET preemptible = $2 WHERE id = $1', [job.id, preemptible])
  const [given] = await claim(bench, worker, [gpu(1)], 0)
  if (!given) throw new Error('nothing was claimed')
  await startRun(bench.as(worker), leaseOf(given))
  return given
}

test('a preemptible run makes room for a job of higher priority, keeps its retries, and the job gets the GPU', async () => {
  const run = await running('low', true)
  const urgent = await submitted(bench, { name: 'urgent', gpus: { count: 1 }, priority: 1 })
  expect(await preempt()).toEqual([{ jobId: urgent.id, workerId: worker.id, victims: [run.job.id] }])
  expect(bench.said).toContain(`lookAtRuns ${worker.id}`)
  const [standing] = await renewLeases(bench.as(worker), [leaseOf(run)])
  expect(standing?.standing).toBe('PREEMPT')

  // Older and more than the point of priority is worth, but the GPU is kept for the urgent job.
  const older = await submitted(bench, { name: 'older', gpus: { count: 1 } })
  await bench.database.pool.query(`UPDATE queue SET place = place - interval '1 day' WHERE job_id = $1`, [older.id])
  await finishRun(bench.as(worker), { ...leaseOf(run), outcome: 'PREEMPTED', logChunks: 1, endedMsAgo: 0 })
  const job = await bench.as(alice).loaders.job.load(run.job.id)
  expect(job).toMatchObject({ state: 'queued', failures: 0 })
  const claims = await claim(bench, worker, [gpu(1)], 0)
  expect(claims.map((each) => each.job.name)).toEqual(['urgent'])
  const events = await eventsOfJob(bench.as(alice), job ?? urgent)
  expect(events.map(({ type }) => type)).toEqual([
    'job.queued',
    'job.claimed',
    'job.running',
    'job.preempting',
    'job.requeued',
  ])
})

test('a run that is not preemptible makes room for nobody, nor one for a job of its own priority', async () => {
  await running('firm', false)
  await submitted(bench, { gpus: { count: 1 }, priority: 1000 })
  expect(await preempt()).toEqual([])
  await empty(bench)
  await running('soft', true)
  await submitted(bench, { gpus: { count: 1 } })
  expect(await preempt()).toEqual([])
})

test('is asked for once, however often one looks', async () => {
  await running('low', true)
  await submitted(bench, { gpus: { count: 1 }, priority: 1 })
  expect(await preempt()).toHaveLength(1)
  expect(await preempt()).toEqual([])
})
