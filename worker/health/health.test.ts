import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@constellation/platform/log.ts'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type Api, openApi } from '../api.ts'
import { uptimeMs } from '../clock.ts'
import { bootId, identify } from '../executors/process-tree.ts'
import { readOrder } from '../runs/run-records.ts'
import { type ShimState, writeJson } from '../shim/files.ts'
import { startFakeGateway } from '../testing/fake-gateway.ts'
import { heldRun } from '../testing/held-run.ts'
import { scriptedGpus } from '../testing/scripted-gpus.ts'
import type { Run } from '../worker.ts'
import { lookAtHealth, newHealth, noteXid } from './health.ts'
import { isUsable } from './obey-verdict.ts'

const log = createLogger('test', 'silent')
let home: string
let gateway: Awaited<ReturnType<typeof startFakeGateway>>
let api: Api
let gpus: ReturnType<typeof scriptedGpus>
let worker: Parameters<typeof lookAtHealth>[0]
let woken: number

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'constellation-health-'))
  await writeFile(join(home, 'token'), 'token')
  gateway = await startFakeGateway('token')
  api = openApi(gateway.url, join(home, 'token'), log)
  gpus = scriptedGpus(['a', 'b'])
  woken = 0
  const list = await gpus.provider.list()
  worker = {
    gpus: gpus.provider,
    log,
    registered: list.map((gpu) => ({ ...gpu, id: `id-${gpu.uuid}` })),
    runs: new Map(),
    wakeClaims: () => {
      woken += 1
    },
    health: newHealth(api, true),
  }
})
afterEach(async () => {
  await api.close()
  await gateway.stop()
  await rm(home, { recursive: true })
})

const xid = (uuid: string, code: number) => noteXid(worker, { type: 'xid', uuid, code, at: Date.now() })
const reports = () => gateway.state.healthReports
async function hold(runId: string, ...gpuUuids: string[]): Promise<Run> {
  const run = await heldRun(home, runId, { gpuUuids })
  worker.runs.set(runId, run)
  return run
}

test('each GPU is told of once, and again when it changes', async () => {
  await lookAtHealth(worker)
  await lookAtHealth(worker)
  expect(reports().map(({ gpuId }) => gpuId)).toEqual(['id-a', 'id-b'])
  gpus.set('b', { doubleBitEccErrors: 3 })
  await lookAtHealth(worker)
  expect(reports().slice(2)).toMatchObject([{ gpuId: 'id-b', doubleBitEccErrors: 3 }])
})

test('an XID takes its GPU out of claims and ends the run on it, while other GPUs and runs go on', async () => {
  const [run, other] = [await hold('run', 'a'), await hold('other', 'b')]
  xid('a', 79)
  xid('a', 79)
  await lookAtHealth(worker)
  expect(reports()).toMatchObject([{ gpuId: 'id-a', runId: 'run', xids: [{ code: 79 }, { code: 79 }] }, { xids: [] }])
  expect([isUsable(worker.health, 'a'), isUsable(worker.health, 'b')]).toEqual([false, true])
  expect(await readOrder(run.files.order)).toEqual({
    why: 'gpu-failed',
    graceMs: 5_000,
    sentence: 'XID 79: it has fallen off the bus.',
  })
  expect(run).toMatchObject({ order: 'gpu-failed', usage: { xids: [79] } })
  expect([other.order, other.gpuFailure, other.usage.xids]).toEqual([undefined, undefined, []])
})

test('what the gateway did not hear is told when it is back, and nothing twice', async () => {
  await hold('run', 'a')
  gateway.state.down = true
  xid('a', 13)
  gpus.set('b', { wasReset: true })
  await expect(lookAtHealth(worker)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  worker.runs.clear()
  xid('a', 31)
  gateway.state.down = false
  await lookAtHealth(worker)
  expect(reports()).toMatchObject([
    { gpuId: 'id-a', runId: 'run', xids: [{ code: 13 }] },
    { gpuId: 'id-b', wasReset: true },
    { gpuId: 'id-a', runId: null, xids: [{ code: 31 }] },
  ])
  await lookAtHealth(worker)
  expect(reports()).toHaveLength(3)
})

test('a GPU that is out of service is told of until it is well, and then is offered again', async () => {
  xid('a', 79)
  await lookAtHealth(worker)
  await lookAtHealth(worker)
  expect(reports().map(({ gpuId, xids }) => [gpuId, xids.length])).toEqual([
    ['id-a', 1],
    ['id-b', 0],
    ['id-a', 0],
  ])
  gateway.state.failed.clear()
  await lookAtHealth(worker)
  expect([isUsable(worker.health, 'a'), woken]).toEqual([true, 1])
  await lookAtHealth(worker)
  expect(reports()).toHaveLength(4)
})

test('a fault that a reset has ended does not end the run that came later', async () => {
  const before = await hold('before', 'a')
  xid('a', 79)
  worker.runs.clear()
  gpus.set('a', { wasReset: true })
  const after = await hold('after', 'a')
  await lookAtHealth(worker)
  expect(reports().filter(({ gpuId }) => gpuId === 'id-a')).toMatchObject([
    { runId: 'before', wasReset: false },
    { runId: 'after', wasReset: true, xids: [] },
  ])
  expect([before.order, after.order, isUsable(worker.health, 'a')]).toEqual([undefined, undefined, true])
})

test('a fault that still stands ends whatever run holds the GPU by then', async () => {
  await hold('before', 'a')
  xid('a', 79)
  worker.runs.clear()
  const after = await hold('after', 'a')
  await lookAtHealth(worker)
  await lookAtHealth(worker)
  expect(after.gpuFailure).toBe('XID 79: it has fallen off the bus.')
})

test('a report that is refused keeps no other from being heard, and is not repeated', async () => {
  gateway.state.foreignGpu = 'id-a'
  xid('a', 79)
  await lookAtHealth(worker)
  expect(reports()).toMatchObject([{ gpuId: 'id-b' }])
  await lookAtHealth(worker)
  expect(worker.health.unheard).toEqual([])
})

test('an XID that cannot be is left out', async () => {
  await lookAtHealth(worker)
  for (const code of [-1, 1.5, Number.NaN, 1e9]) xid('a', code)
  expect(worker.health.unheard).toEqual([])
})

test('a GPU that the graph does not know yet is told of when it does', async () => {
  const { registered } = worker
  worker.registered = []
  xid('a', 79)
  await lookAtHealth(worker)
  expect(reports()).toEqual([])
  worker.registered = registered
  await lookAtHealth(worker)
  expect(reports()).toMatchObject([{ gpuId: 'id-a', xids: [{ code: 79 }] }, { gpuId: 'id-b' }])
})

describe('processes on a GPU', () => {
  const onGpu = (pid: number, uuid = 'a') => ({ uuid, pid, name: 'python', memoryMb: 5 })
  const strangers = () => reports().at(-1)?.strangers

  test('one of no run is a stranger, for as long as it is there', async () => {
    await lookAtHealth(worker)
    const { pid } = await program('sleep', '60')
    gpus.state.processes = [onGpu(pid)]
    await lookAtHealth(worker)
    expect(reports().at(-1)).toMatchObject({ gpuId: 'id-a', strangers: [{ pid, name: 'python', memoryMb: 5 }] })
    gpus.state.processes = []
    await lookAtHealth(worker)
    expect(strangers()).toEqual([])
  })

  test('one that descends from a run’s shim is the run’s own', async () => {
    const shim = await program('sh', '-c', 'sleep 60 & echo $!; wait')
    const [line] = await once(shim.stdout, 'data')
    const run = await hold('run', 'a')
    await writeJson(run.files.state, stateOf(shim.pid))
    run.begunAt = 0
    gpus.state.processes = [onGpu(Number(line))]
    await lookAtHealth(worker)
    expect(reports().map((report) => report.strangers)).toEqual([[], []])
    expect(worker.health.users).toMatchObject([{ owner: { runId: 'run' } }])
  })

  test('about the beginning and the end of a run nobody new is accused', async () => {
    const run = await hold('run', 'a')
    const { pid } = await program('sleep', '60')
    gpus.state.processes = [onGpu(pid), onGpu(pid, 'b')]
    run.begunAt = Date.now()
    await lookAtHealth(worker)
    expect(reports().map((report) => report.strangers.length)).toEqual([0, 1])
    run.begunAt = 0
    await lookAtHealth(worker)
    expect(reports().at(-1)).toMatchObject({ gpuId: 'id-a', strangers: [{ pid }] })
  })

  test('right after a run has let go of a GPU, whom it left there is not accused, but who was there before is', async () => {
    const [before, left] = [await program('sleep', '60'), await program('sleep', '60')]
    gpus.state.processes = [onGpu(before.pid)]
    await lookAtHealth(worker)
    worker.health.freedAt.set('a', uptimeMs())
    gpus.state.processes = [onGpu(before.pid), onGpu(left.pid)]
    await lookAtHealth(worker)
    expect(worker.health.strangers.get('a')).toMatchObject([{ pid: before.pid }])
    worker.health.freedAt.set('a', uptimeMs() - 10_000)
    await lookAtHealth(worker)
    expect(reports().at(-1)).toMatchObject({ gpuId: 'id-a', strangers: [{}, {}] })
  })

  test('a desktop, and the server through which others compute, are no strangers', async () => {
    const { pid } = await program('sleep', '60')
    gpus.state.processes = [
      { ...onGpu(pid), drawsOnly: true },
      { ...onGpu(pid), name: '/usr/bin/nvidia-cuda-mps-server' },
    ]
    await lookAtHealth(worker)
    expect(reports().map((report) => report.strangers)).toEqual([[], []])
  })

  test('where the numbers of processes are not the machine’s, nobody is accused', async () => {
    worker.health = newHealth(api, false)
    gpus.state.processes = [onGpu((await program('sleep', '60')).pid)]
    await lookAtHealth(worker)
    expect(reports().map((report) => report.strangers)).toEqual([[], []])
  })
})

async function program(command: string, ...args: string[]) {
  const child: ChildProcess = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'], detached: true })
  await once(child, 'spawn')
  const { pid, stdout } = child
  if (pid === undefined || !stdout) throw new Error('it did not start')
  // With what it has started.
  onTestFinished(() => void process.kill(-pid, 'SIGKILL'))
  return { pid, stdout }
}

function stateOf(pid: number): ShimState {
  const shim = identify(pid)
  if (!shim) throw new Error('it has ended')
  return { bootId: bootId(), shim, child: null, container: null, cgroups: [] }
}
