// The same expectations of a daemon that runs everywhere and, where there is one, of Docker itself.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Docker from 'dockerode'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Place, startShim, type Wanted } from '../../testing/container-shim.ts'
import { type FakeDocker, startFakeDocker } from '../../testing/fake-docker.ts'
import { hasRealDocker, importImage, REAL_IMAGE, REAL_SOCKET, removeImage } from '../../testing/real-docker.ts'
import { openDocker } from './client.ts'
import { ofRun } from './labels.ts'

const real = await hasRealDocker()
let home: string
let fake: FakeDocker

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'constellation-docker-'))
  fake = await startFakeDocker(join(home, 'docker.sock'))
  if (real) await importImage()
})
afterAll(async () => {
  await fake.stop()
  if (real) await removeImage()
  await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
})

const places: [string, () => Place][] = [['a stand-in', () => ({ home, socket: fake.socket, image: 'test:1' })]]
if (real) places.push(['Docker itself', () => ({ home, socket: REAL_SOCKET, image: REAL_IMAGE })])

describe.each(places)('in a container of %s', (_, place) => {
  const run = async (line: string, wanted?: Wanted) => (await startShim(place(), line, wanted)).ended()
  let docker: Docker
  beforeAll(async () => {
    docker = await openDocker(place().socket)
  })
  const left = async (runId: string) => (await docker.listContainers({ all: true, filters: ofRun(runId) })).length

  test('a command has the environment that it was given, two outputs and an exit code', async () => {
    const environment = { PATH: '/usr/bin:/bin', GREETING: 'hello there' }
    const shim = await startShim(place(), 'echo $GREETING; echo $NVIDIA_VISIBLE_DEVICES >&2; exit 3', {
      spec: { environment },
    })
    const { exit, records, say } = await shim.ended()
    expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 3, signal: null, logChunks: records.length })
    expect(say('stdout')).toBe('hello there\n')
    expect(say('stderr')).toBe('void\n')
    expect(records.at(-1)?.end).toBe(true)
    expect(await left(shim.runId)).toBe(0)
  })

  test('an end by a signal is told apart from one with an exit code', async () => {
    const { exit } = await run('kill -KILL $$')
    expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: null, signal: 'SIGKILL', reason: null })
  })

  test('an end right after the start is seen', async () => {
    for (let n = 0; n < 3; n += 1) {
      const { exit } = await run('exit 0')
      expect(exit).toMatchObject({ outcome: 'EXITED', exitCode: 0 })
    }
  })

  test('a program that is not in the image is no start, and says which', async () => {
    const { exit, say } = await run('', { spec: { command: ['/no/such/program', 'x'], shell: false } })
    const reason = 'The command /no/such/program cannot be started in the container: No such file or directory.'
    expect(exit).toMatchObject({ outcome: 'NOT_STARTED', exitCode: null, signal: null, reason })
    expect(say('system')).toBe(`${reason}\n`)
  })

  test('a command that ends well on SIGTERM keeps its last words', async () => {
    const { exit, say } = await run(`trap 'echo saved; exit 0' TERM; echo here; while :; do sleep 0.02; done`, {
      spec: { timeoutSeconds: 0.7, graceMs: 10_000 },
    })
    expect(exit).toMatchObject({ outcome: 'TIMED_OUT', exitCode: 0, signal: null })
    expect(say('stdout')).toBe('here\nsaved\n')
  })

  test('a cancelled run that refuses SIGTERM is killed with all that it started, and removed', async () => {
    const shim = await startShim(place(), `trap '' TERM; sleep 1000 & echo here; while :; do sleep 0.05; done`)
    await shim.said('here')
    await shim.order({ why: 'cancel', graceMs: 100 })
    const { exit } = await shim.ended()
    expect(exit).toMatchObject({ outcome: 'CANCELLED', exitCode: null, signal: 'SIGKILL' })
    expect(await left(shim.runId)).toBe(0)
  })

  test('a run whose lease is not renewed is ended', async () => {
    const { exit } = await run('sleep 1000', { leaseMs: 1_000 })
    expect(exit).toMatchObject({ outcome: 'RELEASED', signal: 'SIGTERM' })
  })

  test('much output passes whole and in order', async () => {
    const shim = await startShim(place(), 'seq 1 2000000 | head -c 10000000; echo last >&2')
    const { exit, records, say } = await shim.ended()
    expect(exit).toMatchObject({ exitCode: 0, logChunks: records.length })
    const output = say('stdout')
    expect(output.length).toBe(10_000_000)
    const lines = output.split('\n').slice(0, -1)
    expect(lines.findIndex((line, index) => line !== String(index + 1))).toBe(-1)
    expect(say('stderr')).toBe('last\n')
  })

  test('a directory that is not allowed is not mounted, whatever links lead there', async () => {
    const shared = join(home, 'shared')
    await mkdir(shared, { recursive: true })
    await symlink('/etc', join(shared, 'link')).catch(() => undefined)
    const mount = (source: string) =>
      run('echo never', {
        spec: { container: { image: place().image, mounts: [{ source, target: '/data', readOnly: true }] } },
        docker: { mountSources: [shared] },
      })
    for (const source of ['/etc', `${shared}-other`, join(shared, 'link'), `${shared}/../../etc`]) {
      const { exit, say } = await mount(source)
      expect(exit).toMatchObject({ outcome: 'NOT_STARTED', reason: expect.stringContaining('may not be mounted') })
      expect(say('stdout')).toBe('')
    }
    expect((await mount(join(shared, 'none'))).exit?.reason).toContain('does not exist on this worker')
  })
})

describe.runIf(real)('what Docker alone can show', () => {
  const run = async (line: string, wanted?: Wanted) =>
    (await startShim({ home, socket: REAL_SOCKET, image: REAL_IMAGE }, line, wanted)).ended()

  test('a run that uses more memory than it may is out of memory', async () => {
    const { exit } = await run('a=x; while :; do a=$a$a; done', { spec: { limits: { memoryMb: 32, cpus: 0.5 } } })
    const reason = 'The run used more memory than its limit of 32 MB.'
    expect(exit).toMatchObject({ outcome: 'OUT_OF_MEMORY', exitCode: null, signal: 'SIGKILL', reason })
  })

  test('a directory is mounted as it was asked for, and the user is the one that the worker names', async () => {
    const shared = await mkdtemp(join(home, 'mounted-'))
    await writeFile(join(shared, 'file'), 'content')
    const mounts = [{ source: shared, target: '/data', readOnly: true }]
    const { say } = await run('cat /data/file; echo x > /data/new || echo refused; id -u', {
      spec: { container: { image: REAL_IMAGE, mounts } },
      docker: { mountSources: [home], user: '0:0' },
    })
    expect(say('stdout')).toBe('contentrefused\n0\n')
  })

  test('a GPU that Docker knows nothing of is a clear refusal', async () => {
    const { exit } = await run('echo never', { docker: { gpuUuids: ['GPU-none'] } })
    expect(exit).toMatchObject({ outcome: 'NOT_STARTED', reason: expect.stringContaining('nvidia') })
  })
})
