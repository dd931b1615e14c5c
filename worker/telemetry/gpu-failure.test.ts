// What a worker does about GPUs that fail, and about those that run for nothing, with simulated ones.
import { join } from 'node:path'
import { type Telemetry, telemetry } from '@constellation/platform/events/telemetry.ts'
import { decode } from '@constellation/platform/nats/nats.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendFault, faultLogPath } from '../gpu/fault-log.ts'
import { type Bench, startBench, type TestWorker } from '../testing/bench.ts'
import type { FakeJob } from '../testing/fake-gateway.ts'
import type { RunUsage } from './usage.ts'

const REASON = 'XID 79: it has fallen off the bus.'
/** Waits for the fault that it has asked for, and for nothing on a second attempt. */
const UNTIL_FAULT =
  '[ "$CONSTELLATION_ATTEMPT" = 2 ] || until grep -qs "$CONSTELLATION_RUN_ID" "$FAULTS"; do sleep 0.02; done'

let bench: Bench
let worker: TestWorker
let faults: string

beforeAll(async () => {
  bench = await startBench()
  faults = faultLogPath(join(bench.home, 'worker'))
  worker = bench.startWorker(SETTINGS)
  await bench.gateway.until(() => bench.gateway.state.registrations.length)
})
afterAll(() => bench.stop())

const SETTINGS = { IDLE_NOTE_SECONDS: '1' }
const ended = (job: FakeJob, attempt: number) =>
  bench.gateway.until(() => job.runs[attempt - 1]?.end && job.runs[attempt - 1])

function submitFailing(script: string): FakeJob {
  return bench.submit({
    command: [script],
    shell: true,
    gpuCount: 1,
    env: { SIMULATED_GPU_FAULT: 'xid:79@1', FAULTS: faults },
  })
}

/** Takes the fault from a GPU, and waits until it is offered again. */
async function heal(uuid: string): Promise<void> {
  const { claims } = bench.gateway.state
  await appendFault(faults, { gpu: uuid, fault: 'heal' })
  const from = claims.length
  await bench.gateway.until(() => claims.slice(from).some(({ gpuIds }) => gpuIds.includes(`id-of-${uuid}`)))
}

test('an XID in the middle of a run ends it within the grace, and another GPU runs it to its end', async () => {
  const job = submitFailing('[ "$CONSTELLATION_ATTEMPT" = 2 ] || sleep 60')
  const first = await ended(job, 1)
  expect(first.end).toMatchObject({ outcome: 'GPU_FAILED', signal: 'SIGTERM', reason: REASON, metrics: { xids: [79] } })
  const second = await ended(job, 2)
  expect(second.end).toMatchObject({ outcome: 'EXITED', exitCode: 0, metrics: { xids: [] } })
  expect(second.gpuUuids).not.toEqual(first.gpuUuids)
  const report = bench.gateway.state.healthReports.find(({ xids }) => xids.length > 0)
  expect(report).toMatchObject({ gpuId: `id-of-${first.gpuUuids}`, runId: first.runId, xids: [{ code: 79 }] })
  expect(bench.gateway.state.claims.at(-1)?.gpuIds).not.toContain(`id-of-${first.gpuUuids}`)
  await heal(first.gpuUuids[0] ?? '')
})

test('a program that exits by itself when its GPU fails is not at fault, but one that did well did', async () => {
  const judging = Promise.withResolvers<void>()
  bench.gateway.state.judging = judging.promise
  const jobs = [
    submitFailing(`${UNTIL_FAULT}; [ "$CONSTELLATION_ATTEMPT" = 2 ]`),
    submitFailing(`${UNTIL_FAULT}; exit 0`),
  ]
  const [failing, good] = await Promise.all(jobs.map((job) => bench.gateway.until(() => job.runs[0])))
  // The one that did well is reported without a word on its GPU.
  const well = await ended(jobs[1] as FakeJob, 1)
  expect(well.end).toMatchObject({ outcome: 'EXITED', exitCode: 0, reason: null })
  await bench.untilFile(failing as NonNullable<typeof failing>, 'exit', () => true)
  expect(failing?.end).toBeUndefined()
  judging.resolve()
  expect((await ended(jobs[0] as FakeJob, 1)).end).toMatchObject({ outcome: 'GPU_FAILED', exitCode: 1, reason: REASON })
  for (const run of [failing, good]) await heal(run?.gpuUuids[0] ?? '')
  expect((await ended(jobs[0] as FakeJob, 2)).end).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
})

test('a program that fails on a GPU that is well has failed', async () => {
  const job = bench.submit({ command: ['false'], gpuCount: 1 })
  expect((await ended(job, 1)).end).toMatchObject({ outcome: 'EXITED', exitCode: 1, reason: null })
})

test('samples name the run that holds the GPU, and so do the processes on it', async () => {
  const job = bench.submit({ command: ['sleep', '60'], gpuCount: 1 })
  const run = await bench.gateway.until(() => job.runs[0]?.started && job.runs[0])
  const gpuId = `id-of-${run.gpuUuids}`
  const said = await telemetryWith(({ processes }) => processes?.some(({ runId }) => runId === run.runId))
  expect(said.samples.find((sample) => sample.gpuId === gpuId)).toMatchObject({ runId: run.runId })
  expect(said.samples.find((sample) => sample.gpuId !== gpuId)).toMatchObject({ runId: null })
  expect(said.processes).toMatchObject([{ gpuId, name: 'simulated' }])
  bench.cancel(job)
  await ended(job, 1)
})

test('a run that idles is said to, and so is that it works again', async () => {
  // A GPU that worked just now takes some seconds to come to rest.
  const job = bench.submit({ command: ['sleep', '60'], gpuCount: 1, env: { SIMULATED_GPU_LOAD: '8-100:90' } })
  const { idleNotes } = bench.gateway.state
  await bench.gateway.until(() => idleNotes.length === 2)
  const [run] = job.runs
  expect(idleNotes).toEqual([
    { runId: run?.runId, epoch: run?.epoch, idleMs: expect.toSatisfy((ms) => ms >= 1_000 && ms < 8_000) },
    { runId: run?.runId, epoch: run?.epoch, idleMs: null },
  ])
  bench.cancel(job)
  expect((await ended(job, 1)).end?.metrics?.idleSeconds).toBeGreaterThan(0.9)
})

test('a run that idles for longer than it may is ended, a restart of its worker notwithstanding', async () => {
  const job = bench.submit({
    command: ['sleep', '60'],
    gpuCount: 1,
    maxIdleSeconds: 7,
    env: { SIMULATED_GPU_LOAD: '0' },
  })
  const run = await bench.gateway.until(() => job.runs[0]?.started && job.runs[0])
  const before = await bench.untilFile<RunUsage>(run, 'usage', (usage) => (usage.restingMs ?? 0) > 2_000)
  await worker.kill()
  const killedAt = Date.now()
  worker = bench.startWorker(SETTINGS)
  const isLater = (usage: RunUsage) => Object.values(usage.last).some(({ at }) => at > killedAt)
  const after = await bench.untilFile<RunUsage>(run, 'usage', isLater)
  expect(after.restingMs).toBeGreaterThan(before.restingMs ?? 0)
  const { end } = await ended(job, 1)
  expect(end).toMatchObject({
    outcome: 'IDLE',
    signal: 'SIGTERM',
    reason: expect.stringMatching(/^Its GPUs did nothing for \d+ s, longer than the 7 s that it allows itself\.$/),
  })
})

async function telemetryWith(enough: (message: Telemetry) => boolean | undefined): Promise<Telemetry> {
  for await (const { data } of bench.connection.subscribe('telemetry.worker-local')) {
    const read = decode(telemetry, data)
    if ('fault' in read) throw new Error(read.fault)
    if (enough(read.value)) return read.value
  }
  throw new Error('the connection has ended')
}
