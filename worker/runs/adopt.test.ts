import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isAlive, processesWithEnvironment } from '../executors/process-tree.ts'
import { runFiles, type ShimState } from '../shim/files.ts'
import { type Bench, startBench, textOf } from '../testing/bench.ts'
import type { FakeJob } from '../testing/fake-gateway.ts'

let bench: Bench

beforeEach(async () => {
  bench = await startBench()
})
afterEach(async ({ task }) => {
  // What the workers said is of use only then.
  if (task.result?.state === 'fail') console.error(bench.outputs())
  await bench.stop()
})

/** A job that waits for a file, so that a test decides when it goes on. */
function waitingJob(more = ''): Partial<FakeJob> & { command: string[] } {
  const gate = join(bench.home, 'go')
  return {
    command: [`echo before; while [ ! -e ${gate} ]; do sleep 0.05; done; echo after; ${more}`],
    shell: true,
    gpuCount: 1,
  }
}

const openGate = () => writeFile(join(bench.home, 'go'), '')

test('after a kill -9 of the worker the next one adopts the run, with its log and its exit code', async () => {
  const first = bench.startWorker()
  const job = bench.submit(waitingJob('exit 7'))
  const run = await bench.started(job)
  await first.kill()
  bench.startWorker()
  await bench.gateway.until(() => bench.gateway.state.registrations.length === 2)
  await openGate()
  await bench.gateway.until(() => run.end)
  const log = await bench.logOf(run)
  expect(run.end).toMatchObject({ outcome: 'EXITED', exitCode: 7, epoch: 1, logChunks: log.length })
  expect(textOf(log, 'stdout')).toBe('before\nafter\n')
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i))
  expect(job.runs).toHaveLength(1)
})

test('a run that ends while there is no worker is reported by the next one', async () => {
  const first = bench.startWorker()
  const run = await bench.started(bench.submit(waitingJob()))
  await first.kill()
  await openGate()
  await bench.untilFile(run, 'exit', () => true)
  bench.startWorker()
  await bench.gateway.until(() => run.end)
  expect(run.end).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
  expect(textOf(await bench.logOf(run), 'stdout')).toBe('before\nafter\n')
})

test('a worker that is stopped gives its runs back, and the job ends well on the next', async () => {
  const first = bench.startWorker()
  const job = bench.submit(waitingJob())
  const run = await bench.started(job)
  expect(await first.stop()).toBe(0)
  expect(run.end).toMatchObject({
    outcome: 'RELEASED',
    signal: 'SIGTERM',
    reason: 'The worker stopped, and the run with it.',
  })
  expect(await readdir(join(bench.home, 'worker', 'runs'))).toEqual([])
  await openGate()
  bench.startWorker()
  const second = await bench.gateway.until(() => job.runs[1]?.end && job.runs[1])
  expect(second.end).toMatchObject({ outcome: 'EXITED', exitCode: 0, epoch: 2 })
  expect(textOf(await bench.logOf(second), 'stdout')).toBe('before\nafter\n')
})

test('a run whose shim was killed is given back, and nothing of it lives on', async () => {
  bench.startWorker()
  const job = bench.submit({ ...waitingJob(), gpuCount: 0 })
  const run = await bench.started(job)
  const state = await bench.untilFile<ShimState>(run, 'state', ({ child }) => child !== null)
  process.kill(state.shim.pid, 'SIGKILL')
  await bench.gateway.until(() => run.end)
  expect(run.end).toMatchObject({ outcome: 'RELEASED', exitCode: null })
  expect(state.child && isAlive(state.child)).toBe(false)
  const log = await bench.logOf(run)
  expect(run.end?.logChunks).toBe(log.length)
  expect(textOf(log, 'system')).toMatch(/^The process that kept the run came to an end/)
  expect(log.at(-1)?.firstLine).toBe(2)
})

test('a run that is no longer the worker’s is killed at once, and nothing is reported', async () => {
  bench.startWorker()
  const job = bench.submit(waitingJob())
  const run = await bench.started(job)
  const { child } = await bench.untilFile<ShimState>(run, 'state', (state) => state.child !== null)
  const another = { ...run, runId: '00000000-0000-4000-8000-000000000000', epoch: 2, end: undefined }
  job.runs.push(another)
  bench.connection.publish('wake.worker.worker-local')
  // Its GPU is offered again once it is dead.
  await bench.gateway.until(
    () => bench.gateway.state.claims.length > 2 && bench.gateway.state.claims.at(-1)?.gpuIds.length === 2,
  )
  expect(child && isAlive(child)).toBe(false)
  expect(run).toMatchObject({ reports: 0, end: undefined })
})

test('the log waits for NATS, the run and its end do not', async () => {
  bench.startWorker({ NATS_URL: 'nats://worker:none@127.0.0.1:1' })
  const job = bench.gateway.queue({ command: ['echo', 'hello'] })
  const run = await bench.gateway.until(() => job.runs[0]?.end && job.runs[0])
  expect(run.end).toMatchObject({ outcome: 'EXITED', exitCode: 0, logChunks: 2 })
  expect(await readFile(runFiles(bench.runDirectory(run)).output, 'utf8')).toContain('hello')
})

test('what NATS did not get in time, it gets from the next worker', async () => {
  const first = bench.startWorker({ NATS_URL: 'nats://worker:none@127.0.0.1:1' })
  const job = bench.gateway.queue({ command: ['echo', 'hello'] })
  const run = await bench.gateway.until(() => job.runs[0]?.end && job.runs[0])
  await first.stop()
  bench.startWorker()
  expect(textOf(await bench.logOf(run), 'stdout')).toBe('hello\n')
  await bench.gateway.until(() => run.reports === 2)
})

test('two workers cannot share a home', async () => {
  bench.startWorker()
  await bench.gateway.until(() => bench.gateway.state.registrations.length)
  const second = bench.startWorker()
  await new Promise((resolve) => second.process.once('exit', resolve))
  expect(second.process.exitCode).toBe(1)
  expect(second.output()).toContain('Another worker is running')
})

test('the shim that waits for a run ends with its worker, killed or stopped', async () => {
  const waiting = () => processesWithEnvironment(`NODE_COMPILE_CACHE=${join(bench.home, 'worker', 'compile-cache')}`)
  for (const end of ['kill', 'stop'] as const) {
    const worker = bench.startWorker()
    await vi.waitUntil(() => waiting().length === 1, { timeout: 15_000 })
    await worker[end]()
    await vi.waitUntil(() => waiting().length === 0, { timeout: 15_000 })
  }
})
