// Jobs of a cluster under a whole worker: what it offers, where its runs go, and what becomes of them when a part dies.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ShimState } from '../../shim/files.ts'
import { type Bench, startBench, textOf } from '../../testing/bench.ts'
import { type FakeCluster, startFakeCluster } from '../../testing/fake-cluster.ts'
import { homeOf } from './labels.ts'

let bench: Bench
let cluster: FakeCluster

beforeEach(async () => {
  bench = await startBench()
  cluster = await startFakeCluster(join(bench.home, 'kubeconfig.json'))
  for (const name of ['node-a', 'node-b']) addNode(name)
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(bench.outputs())
  await bench.stop()
  await cluster.stop()
})

function addNode(name: string): void {
  const labels = { 'nvidia.com/gpu.product': 'NVIDIA-L4', 'nvidia.com/gpu.memory': '23034' }
  const status = { allocatable: { 'nvidia.com/gpu': '2' }, conditions: [{ type: 'Ready', status: 'True' }] }
  cluster.store.add('Node', { metadata: { name, labels }, status })
}

const startWorker = (env: Record<string, string> = {}) =>
  bench.startWorker({
    EXECUTORS: 'kubernetes',
    KUBECONFIG: cluster.kubeconfig,
    KUBERNETES_NAMESPACE: 'jobs',
    KUBERNETES_IMAGE: 'registry.example.com/base:1',
    ...env,
  })
const gate = () => join(bench.home, 'go')
const waitingJob = (gpuCount = 0) => ({
  command: [`echo before; while [ ! -e ${gate()} ]; do sleep 0.05; done; echo after; exit 7`],
  shell: true,
  env: { PATH: '/usr/bin:/bin' },
  gpuCount,
})
const specOf = (kind: string) => cluster.store.list(kind).map(({ spec }) => Object(spec))

test('a worker offers the GPUs of the nodes, and runs its job on the node that it was given GPUs of', async () => {
  startWorker()
  const { state, until } = bench.gateway
  await until(() => state.registrations.length === 1)
  expect(state.registrations[0]).toMatchObject({
    executors: ['PROCESS', 'DOCKER'],
    gpus: Array.from({ length: 4 }, () => expect.objectContaining({ name: 'NVIDIA-L4', totalMemoryMb: 23_034 })),
  })
  const run = await bench.started(bench.submit(waitingJob(2)))
  const [pod] = specOf('Pod')
  const [term] = pod.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms
  expect(['node-a', 'node-b']).toContain(term.matchFields[0].values[0])
  expect(pod.containers[0]).toMatchObject({
    image: 'registry.example.com/base:1',
    resources: { limits: { 'nvidia.com/gpu': '2' } },
  })
  expect(pod.containers[0].env.map(({ name }: { name: string }) => name)).not.toContain('CUDA_VISIBLE_DEVICES')
  await writeFile(gate(), '')
  await until(() => run.end)
  expect(run.end).toMatchObject({ outcome: 'EXITED', exitCode: 7 })
  expect(textOf(await bench.logOf(run), 'stdout')).toBe('before\nafter\n')
})

test('after a kill -9 of the worker the next one adopts the Job, with its log and its exit code', async () => {
  const first = startWorker()
  const run = await bench.started(bench.submit(waitingJob()))
  await first.kill()
  startWorker()
  await bench.gateway.until(() => bench.gateway.state.registrations.length === 2)
  await writeFile(gate(), '')
  await bench.gateway.until(() => run.end)
  expect(run.end).toMatchObject({ outcome: 'EXITED', exitCode: 7, epoch: 1 })
  expect(textOf(await bench.logOf(run), 'stdout')).toBe('before\nafter\n')
  expect(cluster.store.list('Job')).toEqual([])
})

test('after the end of the container that worker and shim were in the next worker follows the Job to its end', async () => {
  const first = startWorker()
  const run = await bench.started(bench.submit(waitingJob()))
  const { shim } = await bench.untilFile<ShimState>(run, 'state', ({ container }) => container !== null)
  const [pod] = cluster.store.list('Pod')
  await first.kill()
  process.kill(shim.pid, 'SIGKILL')
  startWorker()
  await bench.untilFile<ShimState>(run, 'state', (state) => state.container !== null && state.shim.pid !== shim.pid)
  expect(cluster.store.list('Pod').map(({ metadata }) => metadata.uid)).toEqual([pod?.metadata.uid])
  await writeFile(gate(), '')
  await bench.gateway.until(() => run.end)
  expect(run.end).toMatchObject({ outcome: 'EXITED', exitCode: 7, epoch: 1 })
  expect(textOf(await bench.logOf(run), 'stdout')).toBe('before\nafter\n')
  expect(cluster.store.list('Job')).toEqual([])
})

test('a Job whose shim was killed is gone, with its pod, before its run is given back', async () => {
  startWorker()
  const run = await bench.started(bench.submit(waitingJob()))
  const state = await bench.untilFile<ShimState>(run, 'state', ({ container }) => container !== null)
  process.kill(state.shim.pid, 'SIGKILL')
  await bench.gateway.until(() => run.end)
  expect(run.end).toMatchObject({ outcome: 'RELEASED', exitCode: null })
  expect([cluster.store.list('Job'), cluster.store.list('Pod')]).toEqual([[], []])
})

test('Jobs that an earlier worker left are removed, and those of others are not', async () => {
  const leave = (name: string, home: string) =>
    cluster.store.add('Job', {
      metadata: { name, labels: { 'constellation.dev/home': home, 'constellation.dev/run': name } },
      spec: { suspend: true },
    })
  leave('stray', homeOf('worker-local'))
  leave('other', homeOf('another'))
  startWorker()
  await vi.waitUntil(() => cluster.store.list('Job').length === 1, { timeout: 15_000 })
  expect(cluster.store.list('Job').map(({ metadata }) => metadata.name)).toEqual(['other'])
})

test('a worker that only tells of its GPUs says that it runs nothing, and takes nothing', async () => {
  bench.startWorker({ EXECUTORS: 'none', CPU_SLOTS: '4' })
  const { state, until } = bench.gateway
  const job = bench.submit({ command: ['true'] })
  await until(() => state.registrations.length === 1)
  expect(state.registrations[0]).toMatchObject({ executors: [] })
  expect(state.registrations[0]?.gpus).toHaveLength(2)
  // It tells of its health by then, and would have claimed at once.
  await vi.waitUntil(() => bench.outputs().includes('registered'), { timeout: 15_000 })
  expect(job.runs).toEqual([])
})
