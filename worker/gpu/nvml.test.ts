import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildFake, canCompile } from 'node-nvml/fake/build'
import type { Fake } from 'node-nvml/fake/steer'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type NvmlGpus, nvmlGpus } from './nvml.ts'
import type { GpuHint } from './provider.ts'

describe.runIf(canCompile())('the GPUs of a fake driver', () => {
  let folder: string
  let fake: Fake
  let gpus: NvmlGpus
  let now = 0
  let heard: GpuHint[]

  const start = (timeLimitMs: number) => {
    gpus = nvmlGpus({ library: fake.path, home: folder, timeLimitMs, clock: () => now })
    heard = []
    gpus.onEvent((hint) => heard.push(hint))
    return gpus.list()
  }
  const uuids = async () => (await gpus.list()).map(({ uuid }) => uuid)

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'constellation-nvml-'))
    fake = buildFake(join(folder, 'libnvidia-ml.so.1'))
  })
  beforeEach(async () => {
    rmSync(join(folder, 'gpu-marks.json'), { force: true })
    fake.reset()
    fake.configure({ gpus: 2 })
    await start(20_000)
  })
  afterEach(() => gpus.close())
  afterAll(() => rmSync(folder, { recursive: true }))

  test('are listed with their place, their links and their versions', async () => {
    const [first, second] = await gpus.list()
    expect(first).toMatchObject({ name: 'NVIDIA A100-SXM4-80GB', index: 0, totalMemoryMb: 81_920, simulated: false })
    expect(first).toMatchObject({ computeCapability: '8.0', mig: null })
    expect(first?.cudaVersion).toMatch(/^\d+\.\d+$/)
    expect(first?.pciBusId).toMatch(/^[0-9A-F]{8}:[0-9A-F]{2}:[0-9A-F]{2}\.0$/)
    expect(first?.nvlinkPeers.map(({ uuid }) => uuid)).toEqual([second?.uuid])
    expect(gpus.notice()).toBeNull()
  })

  test('are read, and what is not offered is null', async () => {
    fake.set(0, 'power', 312_500)
    fake.set(0, 'throttle', 0x4)
    fake.set(0, 'utilisation', 87)
    fake.answer(0, 'nvmlDeviceGetFanSpeed', 3)
    const [first] = await gpus.sample(new Map())
    expect(first).toMatchObject({ powerWatts: 312.5, utilisationPercent: 87, fanPercent: null })
    expect(first?.throttleReasons).toEqual(['POWER_CAP'])
  })

  test('one that is lost stays listed and harms no other, and is told once when it is back', async () => {
    const [lost] = await uuids()
    expect(await gpus.health()).toMatchObject([{ lost: false, wasReset: false }, { lost: false }])
    fake.lose(0)
    expect(await uuids()).toContain(lost)
    const [gone, other] = await gpus.sample(new Map())
    expect(gone).toMatchObject({ uuid: lost, powerWatts: null })
    expect(other?.powerWatts).toBeGreaterThan(0)
    expect(await gpus.health()).toMatchObject([{ lost: true, wasReset: false }, { lost: false }])
    fake.heal(0)
    await gpus.list()
    expect(await gpus.health()).toMatchObject([{ lost: false, wasReset: true }, { wasReset: false }])
    expect(await gpus.health()).toMatchObject([{ wasReset: false }, { wasReset: false }])
  })

  test('an XID is heard while nobody asks', async () => {
    const [uuid] = await uuids()
    const xid = new Promise((resolve) => gpus.onEvent(resolve))
    fake.xid(0, 79)
    expect(await xid).toEqual({ type: 'xid', uuid, code: 79, at: expect.any(Number) })
  })

  test('a driver that goes away leaves nothing but a notice, and what comes back was loaded anew', async () => {
    await gpus.health()
    fake.unplug()
    expect(await gpus.sample(new Map())).toEqual([])
    expect(heard).toEqual([{ type: 'look' }])
    expect(await gpus.list()).toEqual([])
    expect(gpus.notice()).toBe('The NVIDIA driver is not loaded.')
    expect(await gpus.processes()).toBeNull()
    expect(await gpus.health()).toEqual([])
    fake.plug()
    now += 5_000
    await gpus.sample(new Map())
    expect(heard.length).toBeGreaterThan(1)
    expect(await gpus.list()).toHaveLength(2)
    expect(gpus.notice()).toBeNull()
    expect(await gpus.health()).toMatchObject([{ wasReset: true }, { wasReset: true }])
    const [uuid] = await uuids()
    const xid = new Promise((resolve) => gpus.onEvent(resolve))
    fake.xid(0, 31)
    expect(await xid).toMatchObject({ type: 'xid', uuid, code: 31 })
  })

  test('a driver that does not answer is waited for, and found again', async () => {
    await gpus.close()
    await start(3_000)
    fake.delay(60_000_000)
    expect(await gpus.sample(new Map())).toEqual([])
    expect(gpus.notice()).toMatch(/has not answered/)
    fake.delay(0)
    while ((await gpus.sample(new Map())).length === 0) await new Promise(setImmediate)
    expect(gpus.notice()).toBeNull()
    expect(heard.filter(({ type }) => type === 'look')).toHaveLength(2)
  })

  test('instances stand in place of a GPU in MIG mode, and its faults are theirs', async () => {
    fake.mig(0, 2, 9_984)
    const [first, second, whole] = await gpus.list()
    expect(first).toMatchObject({ index: 0, totalMemoryMb: 9_984, mig: { computeInstance: 0 } })
    expect(second?.mig?.parentUuid).toBe(first?.mig?.parentUuid)
    expect(whole).toMatchObject({ index: 1, mig: null })
    fake.set(0, 'recovery-action', 1)
    expect(await gpus.health()).toMatchObject([
      { uuid: first?.uuid, recoveryAction: 'RESET' },
      { uuid: second?.uuid, recoveryAction: 'RESET' },
      { uuid: whole?.uuid, recoveryAction: 'NONE' },
    ])
    const xid = new Promise((resolve) => gpus.onEvent(resolve))
    fake.xid(0, 43, { gpuInstanceId: second?.mig?.gpuInstance ?? -1, computeInstanceId: 0 })
    expect(await xid).toMatchObject({ type: 'xid', uuid: second?.uuid, code: 43 })
  })

  test('processes are told with their memory', async () => {
    const [, second] = await uuids()
    fake.process(1, { pid: process.pid, memoryMiB: 512 })
    expect(await gpus.processes()).toMatchObject([{ uuid: second, pid: process.pid, memoryMb: 512 }])
  })
})
