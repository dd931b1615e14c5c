// A run in a cluster, through the official client, from its Job to how it ended.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { IMAGE, startInCluster, type WantedInCluster } from '../../testing/cluster-shim.ts'
import { type FakeCluster, startFakeCluster } from '../../testing/fake-cluster.ts'

let home: string
let cluster: FakeCluster

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'constellation-cluster-'))
  cluster = await startFakeCluster(join(home, 'kubeconfig.json'))
})
afterEach(() => {
  cluster.refusals.length = 0
  cluster.kubelet.images.clear()
  Object.assign(cluster.kubelet, { unplaced: undefined, outOfMemory: false, clockMs: 0, refusal: undefined })
})
afterAll(async () => {
  await cluster.stop()
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
})

const start = (line: string, wanted?: WantedInCluster) => startInCluster(cluster, home, line, wanted)
const run = async (line: string, wanted?: WantedInCluster) => (await start(line, wanted)).ended()
const podOf = (runId: string) => cluster.store.list('Pod', `constellation.dev/run=${runId}`)[0]
const untilPod = (runId: string) => vi.waitUntil(() => podOf(runId), { timeout: 20_000, interval: 20 })
const left = (kind: string) => cluster.store.list(kind).length

test('a command has the environment it was given, its output and an exit code, and leaves nothing', async () => {
  const environment = { PATH: '/usr/bin:/bin', GREETING: 'hello $(USER) $$ $HOME', KEY: 'a secret value' }
  const { exit, records, say } = await run(
    'echo "$GREETING"; echo "$KEY"; echo noted >&2; sleep 0.2; printf last; exit 3',
    {
      spec: { environment, secrets: ['KEY'] },
    },
  )
  expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 3, signal: null, logChunks: records.length })
  expect(say('stdout')).toContain('hello $(USER) $$ $HOME\n')
  expect(say('stdout')).toContain('***\n')
  expect(say('stdout')).toMatch(/noted\n(.*\n)*last$/)
  expect([left('Job'), left('Pod'), left('Secret')]).toEqual([0, 0, 0])
})

test('a secret is in no Job and no pod, and in a Secret that goes with the Job', async () => {
  const shim = await start('while :; do sleep 0.05; done', {
    spec: { environment: { PATH: '/usr/bin:/bin', KEY: 'a secret value' }, secrets: ['KEY'] },
  })
  await shim.started()
  const [job] = cluster.store.list('Job')
  const [secret] = cluster.store.list('Secret')
  expect(JSON.stringify([job, podOf(shim.runId)])).not.toContain('a secret value')
  expect(secret?.metadata.ownerReferences).toMatchObject([{ uid: job?.metadata.uid, kind: 'Job' }])
  await shim.order({ why: 'cancel', graceMs: 100 })
  expect((await shim.ended()).exit?.outcome).toBe('CANCELLED')
  expect(left('Secret')).toBe(0)
})

test('an end by a signal is told apart from one with an exit code', async () => {
  expect((await run('kill -SEGV $$')).exit).toMatchObject({ outcome: 'EXITED', exitCode: null, signal: 'SIGSEGV' })
})

test('a run that used more memory than it may is out of memory', async () => {
  cluster.kubelet.outOfMemory = true
  const { exit } = await run('kill -KILL $$', { spec: { limits: { memoryMb: 32, cpus: null } } })
  const reason = 'The run used more memory than its limit of 32 MB.'
  expect(exit).toMatchObject({ outcome: 'OUT_OF_MEMORY', exitCode: null, signal: 'SIGKILL', reason })
})

test('a program that is not in the image is no start, and says which', async () => {
  const { exit } = await run('', { spec: { command: ['/no/such/program'], shell: false } })
  expect(exit).toMatchObject({
    outcome: 'NOT_STARTED',
    exitCode: null,
    reason: expect.stringContaining('/no/such/program'),
  })
})

test.each([
  ['ErrImagePull', 'manifest for registry.example.com/tool:1 not found', /cannot be pulled: manifest for .* not found/],
  ['ImagePullBackOff', 'pull access denied', /cannot be pulled: pull access denied/],
  ['InvalidImageName', 'couldn’t parse image name', /cannot be started: couldn’t parse/],
])('an image with %s is no start, says why, and leaves no Job', async (reason, message, words) => {
  cluster.kubelet.images.set(IMAGE, { reason, message })
  const { exit, say } = await run('echo never')
  expect(exit).toMatchObject({ outcome: 'NOT_STARTED', exitCode: null, reason: expect.stringMatching(words) })
  expect(say('system')).toContain(exit?.reason ?? 'no reason')
  expect([left('Job'), left('Pod')]).toEqual([0, 0])
})

test('a run that no node can take says so, waits, and is given back in the end: others may make room', async () => {
  cluster.kubelet.unplaced = '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.'
  const { exit, say } = await run('echo never', { kubernetes: { startMs: 1_500 } })
  const why = 'No node can take the run yet: 0/3 nodes are available: 3 Insufficient nvidia.com/gpu.'
  expect(exit).toMatchObject({ outcome: 'RELEASED' })
  expect(exit?.reason).toContain(`The run could not start within 1.5 s. ${why}`)
  expect(say('system').startsWith(`${why}\n`)).toBe(true)
  expect(left('Job')).toBe(0)
})

test('a pull that fails for the moment is waited for', async () => {
  cluster.kubelet.images.set(IMAGE, { reason: 'ErrImagePull', message: 'dial tcp: i/o timeout' })
  const shim = await start('echo hello')
  await shim.said('i/o timeout')
  cluster.kubelet.images.clear()
  const pod = await untilPod(shim.runId)
  cluster.kubelet.take(pod)
  const { exit, say } = await shim.ended()
  expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
  expect(say('stdout')).toBe('hello\n')
})

test('a Job that the cluster finds fault with is no start; one that it may not make is given back', async () => {
  cluster.refusals.push({ of: /^POST .*\/jobs$/, status: 422, message: 'Job.batch is invalid', times: 1 })
  expect((await run('echo never')).exit).toMatchObject({
    outcome: 'NOT_STARTED',
    reason: 'The cluster refuses the run: Job.batch is invalid',
  })
  cluster.refusals.push({ of: /^POST .*\/jobs$/, status: 403, message: 'jobs.batch is forbidden', times: 1 })
  expect((await run('echo never')).exit).toMatchObject({
    outcome: 'RELEASED',
    reason: expect.stringContaining('jobs.batch is forbidden'),
  })
})

test.each([
  ['an eviction', { reason: 'Evicted', message: 'The node was low on resource: memory.' }, /want of room.*low on/],
  [
    'a node that is lost',
    { conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'DeletionByTaintManager', message: 'gone' }] },
    /node was lost/,
  ],
  [
    'a pod of higher priority',
    {
      conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler', message: 'made room' }],
    },
    /made room/,
  ],
])('%s gives the run back', async (_, status, words) => {
  const shim = await start('echo here; while :; do sleep 0.05; done')
  await shim.said('here')
  cluster.kubelet.strike(await untilPod(shim.runId), status)
  const { exit } = await shim.ended()
  expect(exit).toMatchObject({ outcome: 'RELEASED', reason: expect.stringMatching(words) })
})

test('a node that refuses the pod gives the run back', async () => {
  cluster.kubelet.refusal = { reason: 'UnexpectedAdmissionError', message: 'Allocate failed: no healthy devices' }
  const { exit } = await run('echo never')
  expect(exit).toMatchObject({ outcome: 'RELEASED', reason: expect.stringContaining('no healthy devices') })
})

test('a pod and a Job that somebody else removes give the run back', async () => {
  const shim = await start('echo here; while :; do sleep 0.05; done')
  await shim.said('here')
  const pod = await untilPod(shim.runId)
  cluster.store.remove(pod)
  const { exit } = await shim.ended()
  expect(exit).toMatchObject({ outcome: 'RELEASED', reason: 'The pod was removed by somebody else.' })
})

test('a command that ends well on SIGTERM keeps its last words', async () => {
  const shim = await start(`trap 'echo saved; exit 0' TERM; echo here; while :; do sleep 0.02; done`, {
    spec: { graceMs: 10_000 },
  })
  await shim.said('here')
  await shim.order({ why: 'cancel', graceMs: 10_000 })
  const { exit, say } = await shim.ended()
  expect(exit).toMatchObject({ outcome: 'CANCELLED', exitCode: 0, signal: null })
  expect(say('stdout')).toBe('here\nsaved\n')
})

test('a time limit ends a run that refuses SIGTERM, with all that it started', async () => {
  const { exit, say } = await run(`trap '' TERM; sleep 1000 & echo here; while :; do sleep 0.05; done`, {
    spec: { timeoutSeconds: 1, graceMs: 200 },
  })
  expect(exit).toMatchObject({ outcome: 'TIMED_OUT', exitCode: null, signal: 'SIGKILL' })
  expect(say('system')).toContain('time limit of 1 s')
  expect([left('Job'), left('Pod')]).toEqual([0, 0])
})

test('a run whose lease is not renewed is ended, and its pod is gone before', async () => {
  const { exit } = await run('while :; do sleep 0.05; done', { leaseMs: 4_000 })
  expect(exit).toMatchObject({ outcome: 'RELEASED', reason: expect.stringMatching(/lease/) })
  expect([left('Job'), left('Pod')]).toEqual([0, 0])
})

test('a run that is cancelled while no node takes it ends at once, and leaves nothing', async () => {
  cluster.kubelet.unplaced = '0/3 nodes are available.'
  const shim = await start('echo never')
  await shim.said('No node can take')
  await shim.order({ why: 'cancel', graceMs: 0 })
  expect((await shim.ended()).exit).toMatchObject({ outcome: 'CANCELLED', exitCode: null })
  expect([left('Job'), left('Pod')]).toEqual([0, 0])
})

test('a directory of a machine is not to be had in a cluster', async () => {
  const mounts = [{ source: '/data', target: '/data', readOnly: true }]
  const { exit } = await run('echo never', { spec: { container: { image: IMAGE, mounts } } })
  expect(exit).toMatchObject({ outcome: 'NOT_STARTED', reason: expect.stringContaining('cannot be mounted') })
})
