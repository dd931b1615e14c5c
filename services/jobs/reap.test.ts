import type { LogRecord } from '@constellation/platform/events/log-record.ts'
import { createPatience } from '@constellation/platform/patience.ts'
import { expect, test } from 'vitest'
import { cancelJob } from './cancelling/cancel.ts'
import { finishRun } from './finish.ts'
import { readLog } from './logs/logs.ts'
import { reapExpired } from './reap.ts'
import { insertChunks } from './sql/log-chunks.ts'
import { alice, claimed, empty, gpu, leaseOf, log, started, submitted, useBench, worker } from './testing.ts'

const bench = await useBench()

function reap(published: LogRecord[] = []) {
  const { pool } = bench.database
  const announce = bench.as(worker).announce
  return reapExpired({
    pool,
    announce,
    log,
    publishLog: (record) => published.push(record),
    choose: (expired) => expired,
  })
}

async function expire(runId: string) {
  await bench.database.pool.query(`UPDATE leases SET until = now() - interval '1 ms' WHERE run_id = $1`, [runId])
}

const jobNow = async (id: string) => bench.as(alice).loaders.job.load(id)

test('a run with a lease that lasts is left alone', async () => {
  const job = await submitted(bench)
  const { run } = await started(bench)
  expect(await reap()).toBe(0)
  expect(await jobNow(job.id)).toMatchObject({ state: 'running' })
  await finishRun(bench.as(worker), {
    runId: run.id,
    epoch: run.leaseEpoch,
    outcome: 'EXITED',
    exitCode: 0,
    logChunks: 1,
  })
})

test('a run whose lease has ended is lost, its job waits again, its GPU is free, and its log has an end', async () => {
  const job = await submitted(bench, { gpus: { count: 1 } })
  const claim = await started(bench, [gpu(1)])
  const { run } = claim
  const at = new Date().toISOString()
  const first = {
    runId: run.id,
    epoch: run.leaseEpoch,
    workerId: 'worker-1',
    seq: 0,
    at,
    stream: 'stdout',
    text: 'one\ntwo\n',
    firstLine: 0,
    end: false,
  } as const
  await insertChunks(bench.database.pool, [first])
  await expire(run.id)
  const published: LogRecord[] = []
  expect(await reap(published)).toBe(1)
  expect(await jobNow(job.id)).toMatchObject({ state: 'queued', failures: 0 })
  const page = await readLog(bench.database.pool, run, -1, 10)
  expect(page.ended).toBe(true)
  expect(page.chunks.map(({ seq, stream, firstLine, end }) => ({ seq, stream, firstLine, end }))).toEqual([
    { seq: 0, stream: 'stdout', firstLine: 0, end: false },
    { seq: 1, stream: 'system', firstLine: 2, end: false },
    { seq: 2, stream: 'system', firstLine: 3, end: true },
  ])
  expect(published.map(({ seq }) => seq)).toEqual([1, 2])

  // The worker comes back: nothing that it says of the run counts any more.
  await finishRun(bench.as(worker), { ...leaseOf(claim), outcome: 'EXITED', exitCode: 0, logChunks: 1 })
  expect(await jobNow(job.id)).toMatchObject({ state: 'queued' })
  expect(await insertChunks(bench.database.pool, [{ ...first, seq: 3 }])).toEqual([])
  expect(await claimed(bench, [gpu(1)])).toMatchObject({ job: { id: job.id }, run: { attempt: 2, leaseEpoch: 2 } })
})

test('a run that was to be cancelled is not queued again when its worker is lost', async () => {
  const job = await submitted(bench)
  const { run } = await started(bench)
  await cancelJob(bench.as(alice), job.id)
  await expire(run.id)
  await reap()
  expect(await jobNow(job.id)).toMatchObject({ state: 'cancelled' })
})

test('one run that cannot be reaped does not keep the others from being found', async () => {
  const bad = await submitted(bench)
  const { run } = await started(bench)
  // No chunk can follow this one.
  await bench.database.pool.query(`INSERT INTO log_chunks VALUES ($1, 2147483647, now(), 'stdout', 'x', 0, false)`, [
    run.id,
  ])
  const good = await submitted(bench)
  const other = await started(bench)
  await expire(run.id)
  await expire(other.run.id)
  expect(await reap()).toBe(1)
  expect(await jobNow(good.id)).toMatchObject({ state: 'queued' })
  expect(await jobNow(bad.id)).toMatchObject({ state: 'running' })
  await empty(bench)
})

test('storing a log and reaping its run at the same time never deadlock', async () => {
  const { pool } = bench.database
  for (let round = 0; round < 20; round++) {
    await submitted(bench)
    const { run } = await started(bench)
    await expire(run.id)
    const at = new Date().toISOString()
    const common = {
      runId: run.id,
      epoch: run.leaseEpoch,
      workerId: 'worker-1',
      at,
      stream: 'stdout',
      firstLine: 0,
      end: false,
    } as const
    const records = Array.from({ length: 50 }, (_, seq) => ({ ...common, seq, text: 'x\n' }))
    // What is stored at the very same moment may lose, and then comes again.
    const stored = insertChunks(pool, records).catch((error: { code: string }) => error.code)
    await Promise.all([stored, reap()])
    expect(await stored).not.toBe('40P01')
    await pool.query('TRUNCATE jobs CASCADE')
  }
})

test('a lease must be seen expired for a while, without a break', () => {
  const ripe = createPatience(1000)
  expect(ripe(['a', 'b'], 0)).toEqual([])
  expect(ripe(['a'], 900)).toEqual([])
  expect(ripe(['a', 'b'], 1000)).toEqual(['a'])
  expect(ripe(['a', 'b'], 2000)).toEqual(['a', 'b'])
})
