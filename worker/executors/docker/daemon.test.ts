// What the daemon does that a test can only ask of a stand-in: images that come from a registry, or do not, and a daemon
// that goes away.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startShim, type Wanted } from '../../testing/container-shim.ts'
import { type FakeDocker, startFakeDocker } from '../../testing/fake-docker.ts'

let home: string
let fake: FakeDocker

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'constellation-docker-'))
  fake = await startFakeDocker(join(home, 'docker.sock'))
})
afterEach(async () => {
  await fake.stop()
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
})

const start = (line: string, wanted?: Wanted, image = 'test:1') =>
  startShim({ home, socket: fake.socket, image }, line, wanted)
const run = async (...given: Parameters<typeof start>) => (await start(...given)).ended()

test('an image that is missing is pulled, and the log says so', async () => {
  fake.registry.set('team/model:2', [
    [
      { status: 'Pulling from team/model', id: '2' },
      { status: 'Downloading', id: 'layer', progressDetail: { current: 10, total: 20 } },
      { status: 'Pull complete', id: 'layer' },
    ],
  ])
  const { exit, say } = await run('echo hello', {}, 'team/model:2')
  expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
  expect(say('stdout')).toBe('hello\n')
  expect(say('system')).toMatch(
    /^The image team\/model:2 is not on this worker yet .*\nThe image .* is here after .* s\.\n$/,
  )
})

test.each([
  ['a registry does not have', { status: 404, message: 'manifest for team/none:latest not found: manifest unknown' }],
  ['may not be pulled', { status: 500, message: 'pull access denied for team/none, repository does not exist' }],
  ['breaks off for a lasting reason', [{ error: 'denied', errorDetail: { message: 'requested access is denied' } }]],
])('an image that %s is no start, and says why', async (_, answer) => {
  fake.registry.set('team/none:latest', [answer])
  const { exit, say } = await run('echo never', {}, 'team/none')
  expect(exit).toMatchObject({ outcome: 'NOT_STARTED', exitCode: null })
  expect(exit?.reason).toMatch(/^The image team\/none cannot be pulled: .*(denied|manifest unknown)/)
  expect(say('system')).toContain(exit?.reason ?? 'no reason')
  expect(fake.created).toEqual([])
})

test('a registry that fails for the moment is asked again', async () => {
  fake.registry.set('team/model:2', [{ status: 500, message: 'dial tcp: i/o timeout' }, []])
  const { exit, say } = await run('echo hello', {}, 'team/model:2')
  expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
  expect(say('system')).toContain('Pulling the image failed and is tried again: dial tcp: i/o timeout')
})

test('a run that is cancelled while its image is pulled ends at once', async () => {
  const never = Promise.withResolvers<void>()
  fake.registry.set('team/model:2', [
    (async function* () {
      yield { status: 'Downloading', id: 'layer' }
      await never.promise
    })(),
  ])
  const shim = await start('echo never', {}, 'team/model:2')
  await shim.said('is being pulled')
  await shim.order({ why: 'cancel', graceMs: 0 })
  const { exit } = await shim.ended()
  never.resolve()
  expect(exit).toMatchObject({ outcome: 'CANCELLED', exitCode: null })
  expect(fake.created).toEqual([])
})

test('a run is cancelled, or given back at the end of its lease, while the daemon takes questions and answers none', async () => {
  fake.silent = true
  const asked = new Promise((resolve) => {
    fake.heard = resolve
  })
  const shim = await start('echo never')
  await asked
  await shim.order({ why: 'cancel', graceMs: 0 })
  expect((await shim.ended()).exit).toMatchObject({ outcome: 'CANCELLED', exitCode: null })
  expect((await run('echo never', { leaseMs: 1_500 })).exit).toMatchObject({
    outcome: 'RELEASED',
    reason: 'The lease was over before the run started.',
  })
})

test('a run whose lease ends while its image is pulled is given back', async () => {
  const never = Promise.withResolvers<void>()
  fake.registry.set('team/model:2', [
    (async function* () {
      yield { status: 'Downloading', id: 'layer' }
      await never.promise
    })(),
  ])
  const { exit } = await run('echo never', { leaseMs: 1_500 }, 'team/model:2')
  never.resolve()
  expect(exit).toMatchObject({ outcome: 'RELEASED', reason: 'The lease was over before the run started.' })
})

test('a run without a daemon is given back', async () => {
  await fake.goAway()
  const { exit } = await run('echo never')
  expect(exit).toMatchObject({ outcome: 'RELEASED', reason: expect.stringContaining('docker.sock') })
  await fake.comeBack()
})

test('a container that outlives its daemon is followed on, to its own end', async () => {
  const gate = join(home, 'gate')
  const shim = await start(`echo before; while [ ! -e ${gate} ]; do sleep 0.02; done; echo after; exit 0`)
  await shim.said('before')
  await fake.goAway()
  await shim.said('Docker does not answer')
  await fake.comeBack()
  await shim.said('Docker answers again')
  await writeFile(gate, '')
  const { exit, say } = await shim.ended()
  expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
  expect(say('stdout')).toBe('before\nafter\n')
})

test('a container that its daemon took with it is given back, and not counted as failed', async () => {
  const shim = await start('echo before; sleep 1000')
  await shim.said('before')
  await fake.goAway()
  for (const { child } of fake.containers.values()) process.kill(-(child?.pid ?? Number.NaN), 'SIGKILL')
  await shim.said('Docker does not answer')
  await fake.comeBack()
  const { exit } = await shim.ended()
  expect(exit).toMatchObject({ outcome: 'RELEASED', signal: 'SIGKILL' })
  expect(exit?.reason).toContain('daemon went away')
  expect(fake.containers.size).toBe(0)
})

test('a container that somebody else has removed is given back', async () => {
  const shim = await start('echo before; sleep 1000')
  await shim.said('before')
  const [container] = fake.containers.values()
  fake.containers.clear()
  process.kill(-(container?.child?.pid ?? Number.NaN), 'SIGKILL')
  const { exit } = await shim.ended()
  expect(exit).toMatchObject({ outcome: 'RELEASED', reason: 'The container was removed by somebody else.' })
})

test('an end for want of memory is told apart from one by SIGKILL', async () => {
  fake.outOfMemory = true
  const { exit } = await run('kill -KILL $$', { spec: { limits: { memoryMb: 64, cpus: null } } })
  const reason = 'The run used more memory than its limit of 64 MB.'
  expect(exit).toMatchObject({ outcome: 'OUT_OF_MEMORY', signal: 'SIGKILL', reason })
})

test('a limit that the machine does not enforce is said, or refused where the worker is set so', async () => {
  fake.info.MemoryLimit = false
  const limits = { memoryMb: 64, cpus: null }
  const { exit, say } = await run('echo hello', { spec: { limits } })
  expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
  expect(say('system')).toBe('This machine cannot hold the run to its memory.\n')
  const refused = await run('echo hello', { spec: { limits, requireLimits: true } })
  expect(refused.exit).toMatchObject({ outcome: 'NOT_STARTED', reason: expect.stringContaining('memory') })
})

test('what the daemon is asked for is what the run was given', async () => {
  const { exit } = await run('echo hello', {
    spec: { limits: { memoryMb: 64, cpus: 0.5 }, workingDirectory: '/work', gpuUuids: ['GPU-a', 'SIM-b'] },
    docker: { user: '1000:1000', gpuUuids: ['GPU-a'] },
  })
  expect(exit?.exitCode).toBe(0)
  expect(fake.created).toMatchObject([
    {
      Image: 'test:1',
      Entrypoint: ['/bin/sh'],
      Cmd: ['-c', 'echo hello'],
      Env: expect.arrayContaining(['NVIDIA_VISIBLE_DEVICES=GPU-a']),
      WorkingDir: '/work',
      User: '1000:1000',
      Labels: { 'constellation.job': 'job', 'constellation.epoch': '3', 'constellation.home': home },
      HostConfig: {
        Init: true,
        Memory: 64 * 2 ** 20,
        MemorySwap: 64 * 2 ** 20,
        NanoCpus: 500_000_000,
        DeviceRequests: [{ Driver: 'nvidia', DeviceIDs: ['GPU-a'] }],
      },
    },
  ])
})
