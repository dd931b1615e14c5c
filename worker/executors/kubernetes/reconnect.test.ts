// A run whose cluster does not always answer, or whose shim is not the first: nothing is lost, doubled, or run twice.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { IMAGE, settingsFor, startInCluster, type WantedInCluster } from '../../testing/cluster-shim.ts'
import { type FakeCluster, startFakeCluster } from '../../testing/fake-cluster.ts'
import { jobOf } from './job.ts'

let home: string
let cluster: FakeCluster

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'constellation-cluster-'))
  cluster = await startFakeCluster(join(home, 'kubeconfig.json'))
})
afterEach(async () => {
  await cluster.stop()
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
})

const start = (line: string, wanted?: WantedInCluster) => startInCluster(cluster, home, line, wanted)
const until = (check: () => unknown) => vi.waitUntil(check, { timeout: 30_000, interval: 20 })
const count = (what: RegExp) => cluster.heard.filter((request) => what.test(request)).length
const numbers = (to: number) => Array.from({ length: to }, (_, index) => `${index + 1}\n`).join('')
const COUNTING = 'i=0; while [ $i -lt 300 ]; do i=$((i+1)); echo $i; [ $((i % 10)) = 0 ] && sleep 0.02; done; exit 4'

test.each([
  ['whose lines all have times of their own', 0],
  ['of which many lines have the same time', 400],
])('a log %s comes whole and once over connections that break off', async (_, clockMs) => {
  cluster.kubelet.clockMs = clockMs
  const shim = await start(COUNTING)
  for (const text of ['20\n', '90\n', '200\n']) {
    await shim.said(text)
    cluster.breakOff()
  }
  const { exit, say } = await shim.ended()
  expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 4 })
  expect(say('stdout')).toBe(numbers(300))
  expect(count(/\/log$/)).toBeGreaterThanOrEqual(3)
})

test('much output passes whole and in order', async () => {
  const shim = await start('seq 1 50000')
  const { exit, say } = await shim.ended()
  expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
  expect(say('stdout')).toBe(numbers(50_000))
})

test('a watch whose place the cluster has forgotten begins again by a list', async () => {
  const shim = await start('echo here; while :; do sleep 0.05; done')
  await shim.said('here')
  await until(() => count(/pods\?watch$/) > 0)
  const lists = count(/^GET .*\/pods$/)
  cluster.store.forget()
  await until(() => count(/^GET .*\/pods$/) > lists)
  await shim.order({ why: 'cancel', graceMs: 100 })
  expect((await shim.ended()).exit).toMatchObject({ outcome: 'CANCELLED', signal: 'SIGTERM' })
})

test('a server that refuses watches alone is left alone for longer each time, and the log says so once', async () => {
  cluster.refusals.push({ of: /pods\?watch$/, status: 429, times: 5 })
  const shim = await start('while :; do sleep 0.05; done')
  await shim.said('The cluster answers again.')
  expect(cluster.refusals).toMatchObject([{ times: 0 }])
  await shim.order({ why: 'cancel', graceMs: 100 })
  const { say } = await shim.ended()
  expect(say('system').match(/The cluster does not answer/g)).toHaveLength(1)
})

test('a cluster that is too busy is asked again when it says, and not before', async () => {
  const headers = { 'retry-after': '1' }
  cluster.refusals.push({ of: /^POST .*\/jobs$/, status: 429, headers, times: 1 })
  cluster.refusals.push({ of: /^GET .*\/jobs$/, status: 503, headers, times: 1 })
  const since = Date.now()
  const { exit } = await (await start('exit 0')).ended()
  expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
  expect(Date.now() - since).toBeGreaterThanOrEqual(2_000)
  expect(count(/^POST .*\/jobs$/)).toBe(2)
})

test('a run goes on while the cluster is away, and is followed from where it was', async () => {
  const shim = await start(COUNTING)
  await shim.said('30\n')
  await cluster.goAway()
  await shim.said('The cluster does not answer')
  await cluster.comeBack()
  const { exit, say } = await shim.ended()
  expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 4 })
  expect(say('stdout')).toBe(numbers(300))
  expect(say('system')).toContain('The cluster answers again.')
})

test('a run whose lease ends while the cluster is away is not said to have ended until it has', async () => {
  const shim = await start('echo here; while :; do sleep 0.05; done', { leaseMs: 2_500 })
  await shim.said('here')
  await cluster.goAway()
  await shim.said('The lease could not be renewed')
  let ended = false
  const end = shim.ended().finally(() => {
    ended = true
  })
  // Longer than the lease: its pod runs, so there is no end to tell of.
  await until(() => Date.now() - shim.startedAt > 5_000)
  expect(ended).toBe(false)
  expect(cluster.store.list('Pod')).toHaveLength(1)
  await cluster.comeBack()
  expect((await end).exit).toMatchObject({ outcome: 'RELEASED', reason: expect.stringMatching(/lease/) })
  expect([cluster.store.list('Pod'), cluster.store.list('Job')]).toEqual([[], []])
})

test('a pod is said to be kept for as long as it runs; one that ended itself for want of that gives its run back', async () => {
  const keeper = { image: 'registry.example.com/constellation:1', seconds: 1 }
  const shim = await start('echo here; while :; do sleep 0.05; done', { kubernetes: { keeper } })
  await shim.said('here')
  const [pod] = cluster.store.list('Pod')
  const mark = () => pod?.metadata.annotations?.['constellation.dev/kept']
  const first = await until(() => mark() !== '0' && mark())
  await until(() => mark() !== first)
  expect(Object(pod?.spec).initContainers).toMatchObject([
    { image: keeper.image, args: ['keeper'], restartPolicy: 'Always' },
  ])
  const since = Date.now()
  await cluster.goAway()
  await until(() => Date.now() - since > 1_500)
  // What the kubelet does when the keeper says no.
  if (pod) cluster.kubelet.strike(pod, {})
  await cluster.comeBack()
  const { exit } = await shim.ended()
  expect(exit).toMatchObject({ outcome: 'RELEASED', reason: expect.stringContaining('the pod ended itself') })
})

test('an older copy of the run is ended before the next one is made', async () => {
  const runId = '6e0f0b0e-3f5c-4a63-9c1b-5d3a6f0c7a11'
  const older = await start(`trap '' TERM; echo here; while :; do sleep 0.05; done`, {
    spec: { runId, epoch: 1, graceMs: 300 },
  })
  await older.said('here')
  const newer = await start('echo new', { spec: { runId, epoch: 2 } })
  const { exit, say } = await newer.ended()
  expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
  expect(say('system')).toContain('An earlier copy of the run is still in the cluster')
  const gone = cluster.heard.indexOf(`DELETE /apis/batch/v1/namespaces/jobs/jobs/run-${runId}-1`)
  const made = cluster.heard.lastIndexOf('POST /apis/batch/v1/namespaces/jobs/jobs')
  expect(gone).toBeGreaterThan(-1)
  expect(gone).toBeLessThan(made)
  // Its last question before was whether the older one's pods are gone.
  expect(cluster.heard[made - 1]).toBe('GET /api/v1/namespaces/jobs/pods')
  expect((await older.ended()).exit).toMatchObject({ outcome: 'RELEASED' })
})

test('a copy that is older than the one in the cluster does not start', async () => {
  const runId = '6e0f0b0e-3f5c-4a63-9c1b-5d3a6f0c7a12'
  const newer = await start('echo here; while :; do sleep 0.05; done', { spec: { runId, epoch: 3 } })
  await newer.said('here')
  const { exit } = await (await start('echo never', { spec: { runId, epoch: 2 } })).ended()
  expect(exit).toMatchObject({ outcome: 'RELEASED', reason: expect.stringContaining('A later copy of the run') })
  expect(cluster.store.list('Job').map(({ metadata }) => metadata.name)).toEqual([`run-${runId}-3`])
  await newer.order({ why: 'cancel', graceMs: 100 })
  await newer.ended()
})

test.each([
  ['this worker made before', 'this-worker', { outcome: 'EXITED', exitCode: 4 }],
  [
    'another worker made',
    'another-worker',
    { outcome: 'RELEASED', reason: expect.stringContaining('another worker’s') },
  ],
])('a Job of the same epoch that %s is not made twice', async (_, owner, expected) => {
  const runId = '6e0f0b0e-3f5c-4a63-9c1b-5d3a6f0c7a13'
  const settings = { ...settingsFor(cluster), home: owner }
  const spec = { runId, epoch: 3, command: [COUNTING] }
  const job = jobOf({ ...BARE, ...spec }, { image: IMAGE, mounts: [] }, settings)
  const { clusters } = JSON.parse(await readFile(cluster.kubeconfig, 'utf8'))
  const headers = { authorization: 'Bearer secret', 'content-type': 'application/json' }
  const url = `${clusters[0].cluster.server}/apis/batch/v1/namespaces/jobs/jobs`
  await fetch(url, { method: 'POST', headers, body: JSON.stringify(job) })
  const { exit, say } = await (await start(COUNTING, { spec })).ended()
  expect(exit).toMatchObject(expected)
  if (owner === 'this-worker') expect(say('stdout')).toBe(numbers(300))
  else expect(cluster.store.list('Job')).toHaveLength(1)
})

const BARE = {
  jobId: 'job',
  attempt: 1,
  shell: true,
  environment: { PATH: '/usr/bin:/bin' },
  secrets: [],
  workingDirectory: null,
  timeoutSeconds: null,
  idleLimit: null,
  gpuUuids: [],
  warning: null,
  takesUp: false,
  container: { image: IMAGE, mounts: [] },
  docker: null,
  kubernetes: null,
  trace: null,
  requireLimits: false,
  user: null,
  scratch: '',
  limits: { memoryMb: null, cpus: null },
  graceMs: 300,
  logLimitBytes: 2 ** 30,
}
