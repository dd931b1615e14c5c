// Containers under a whole worker: what it offers, and what becomes of them when a part of it dies.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ShimState } from '../../shim/files.ts'
import { type Bench, startBench, textOf } from '../../testing/bench.ts'
import { type FakeDocker, startFakeDocker } from '../../testing/fake-docker.ts'
import { openDocker } from './client.ts'
import { labelsOf } from './labels.ts'

let bench: Bench
let fake: FakeDocker

beforeEach(async () => {
  bench = await startBench()
  fake = await startFakeDocker(join(bench.home, 'docker.sock'))
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(bench.outputs())
  await bench.stop()
  await fake.stop()
})

const startWorker = (env: Record<string, string> = {}) => bench.startWorker({ DOCKER_SOCKET: fake.socket, ...env })
const gate = () => join(bench.home, 'go')
/** A job that waits for the gate to open. */
const waitingJob = () => ({
  command: [`echo before; while [ ! -e ${gate()} ]; do sleep 0.05; done; echo after; exit 7`],
  shell: true,
  env: { PATH: '/usr/bin:/bin' },
  container: { image: 'test:1', mounts: [] },
})

test('a worker says which labels it has, and that it runs containers while Docker answers', async () => {
  startWorker({ WORKER_LABELS: 'zone=a, team=b=c,empty=' })
  await bench.gateway.until(() => bench.gateway.state.registrations.length === 1)
  expect(bench.gateway.state.registrations[0]).toMatchObject({
    labels: { zone: 'a', team: 'b=c', empty: '' },
    executors: ['PROCESS', 'DOCKER'],
  })
})

test.each([
  ['without Docker', { DOCKER_SOCKET: '/none' }, ['PROCESS']],
  ['that is to run processes alone', { EXECUTORS: 'process' }, ['PROCESS']],
  ['that is to run containers alone', { EXECUTORS: 'docker' }, ['DOCKER']],
])('a worker %s says so', async (_, env, executors) => {
  startWorker(env)
  await bench.gateway.until(() => bench.gateway.state.registrations.length === 1)
  expect(bench.gateway.state.registrations[0]?.executors).toEqual(executors)
})

test('a process is given back by a worker that runs containers alone', async () => {
  startWorker({ EXECUTORS: 'docker' })
  const job = bench.submit({ command: ['true'] })
  const run = await bench.gateway.until(() => job.runs[0]?.end && job.runs[0])
  expect(run.end).toMatchObject({ outcome: 'RELEASED', reason: expect.stringContaining('by process') })
})

test('a job runs in its container, with nothing of the machine’s environment', async () => {
  startWorker()
  const job = bench.submit({ ...waitingJob(), command: ['env'], shell: false, secrets: { KEY: 'hidden' }, gpuCount: 1 })
  const run = await bench.gateway.until(() => job.runs[0]?.end && job.runs[0])
  expect(run.end).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
  const names = textOf(await bench.logOf(run), 'stdout').match(/^\w+(?==)/gm)
  expect(names?.toSorted()).toEqual([
    'CONSTELLATION_ATTEMPT',
    'CONSTELLATION_JOB_ID',
    'CONSTELLATION_RUN_ID',
    'CUDA_DEVICE_ORDER',
    'CUDA_VISIBLE_DEVICES',
    'KEY',
    'NVIDIA_VISIBLE_DEVICES',
    'PATH',
    'TZ',
  ])
  // Simulated GPUs are none that a daemon could be asked for.
  expect(fake.created[0]?.HostConfig?.DeviceRequests).toEqual([])
})

test('after a kill -9 of the worker the next one adopts a container, with its log and its exit code', async () => {
  const first = startWorker()
  const job = bench.submit(waitingJob())
  const run = await bench.started(job)
  await first.kill()
  startWorker()
  await bench.gateway.until(() => bench.gateway.state.registrations.length === 2)
  await writeFile(gate(), '')
  await bench.gateway.until(() => run.end)
  expect(run.end).toMatchObject({ outcome: 'EXITED', exitCode: 7, epoch: 1 })
  expect(textOf(await bench.logOf(run), 'stdout')).toBe('before\nafter\n')
  expect(fake.containers.size).toBe(0)
})

test('a container whose shim was killed is ended before its run is given back', async () => {
  startWorker()
  const run = await bench.started(bench.submit(waitingJob()))
  const state = await bench.untilFile<ShimState>(run, 'state', ({ container }) => container !== null)
  const [container] = fake.containers.values()
  expect(state).toMatchObject({ child: null, container: container?.id })
  const deleted = new Promise<boolean>((resolve) => {
    fake.heard = (request) => {
      if (request === `DELETE /containers/${container?.id}`) resolve(run.end === undefined)
    }
  })
  process.kill(state.shim.pid, 'SIGKILL')
  expect(await deleted).toBe(true)
  await bench.gateway.until(() => run.end)
  expect(run.end).toMatchObject({ outcome: 'RELEASED', exitCode: null })
  expect(container?.child?.pid && (await ended(container.child.pid))).toBe(true)
})

test('a worker whose Docker has gone says so at once, and does not take the same job again and again', async () => {
  startWorker()
  const { state, until } = bench.gateway
  await until(() => state.registrations.length === 1)
  await fake.goAway()
  const since = Date.now()
  const job = bench.submit({ ...waitingJob(), command: ['exit 0'] })
  await until(() => state.registrations.at(-1)?.executors?.includes('DOCKER') === false)
  // The server of these tests goes on offering it.
  await until(() => job.runs.filter(({ end }) => end).length >= 3)
  expect(Date.now() - since).toBeGreaterThanOrEqual(1_500)
  await fake.comeBack()
  const last = await until(() => job.runs.find(({ end }) => end?.outcome === 'EXITED'))
  expect(last.end).toMatchObject({ exitCode: 0 })
})

test('what an earlier worker left is cleared away, and what belongs to others is not', async () => {
  const docker = await openDocker(fake.socket)
  const leave = (home: string, runId: string) =>
    docker.createContainer({
      Image: 'test:1',
      name: runId,
      Labels: labelsOf({ runId, jobId: 'job', epoch: 1 }, { home }),
    })
  const stray = await leave(join(bench.home, 'worker'), 'stray')
  const other = await leave('/home/of/another', 'other')
  startWorker()
  await vi.waitUntil(() => !fake.containers.has(stray.id), { timeout: 15_000 })
  expect([...fake.containers.keys()]).toEqual([other.id])
})

/** Waits for the end of a process. */
async function ended(pid: number): Promise<boolean> {
  const lives = () => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }
  await vi.waitUntil(() => !lives(), { timeout: 10_000 })
  return true
}
