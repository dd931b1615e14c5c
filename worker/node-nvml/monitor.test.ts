import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { type GpuEvent, type Monitor, openMonitor } from './monitor.ts'
import { describeWithFake, soon, uuidOf, watcher } from './testing.ts'

const COMMAND = fileURLToPath(new URL('fake/command.ts', import.meta.url))

test('without a driver it does not open, and says so in a plain sentence', async () => {
  await expect(openMonitor({ library: 'libnvidia-ml-is-not-here.so.1' })).rejects.toMatchObject({
    code: 'LIBRARY_NOT_FOUND',
    message: expect.stringMatching(/there is no NVIDIA driver here/),
  })
})

describeWithFake('the monitor', (lab) => {
  const watch = watcher(lab)

  test('the machine and its GPUs are described', () =>
    watch(async (monitor) => {
      const { gpus, ...machine } = await monitor.describe()
      expect(machine).toEqual({
        driverVersion: '580.65.06',
        nvmlVersion: '13.580.65.06',
        cudaVersion: '13.0',
        hidden: 0,
      })
      expect(gpus.map(({ uuid }) => uuid)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map(uuidOf))
      expect(gpus[3]).toEqual({
        uuid: uuidOf(3),
        name: 'NVIDIA A100-SXM4-80GB',
        index: 3,
        lost: false,
        totalMemoryBytes: 85_899_345_920,
        computeCapability: { major: 8, minor: 0 },
        pciBusId: '00000001:68:02.0',
        migEnabled: false,
        mig: null,
        nvlinkPeers: [{ uuid: uuidOf(2), links: 12 }],
        nvlinksToSwitches: 0,
        slowdownTemperatureC: 89,
        shutdownTemperatureC: 92,
      })
    }))

  test('the instances of a split GPU follow it, and each has its reading and its processes', () =>
    watch(async (monitor) => {
      lab.fake.mig(2, 2, 9_984)
      lab.fake.process(2, { pid: 71, memoryMiB: 5, gpuInstanceId: 8, computeInstanceId: 0 })
      lab.fake.process(2, { pid: 72, memoryMiB: null, kind: 'graphics' })
      const { gpus } = await monitor.describe()
      const [gpu, first, second, next] = gpus.slice(2)
      expect(gpu).toMatchObject({ uuid: uuidOf(2), migEnabled: true, mig: null })
      expect(first).toMatchObject({ index: 0, mig: { parentUuid: uuidOf(2), gpuInstanceId: 7, computeInstanceId: 0 } })
      expect(second).toMatchObject({ index: 1, totalMemoryBytes: 9_984 * 2 ** 20, pciBusId: gpu?.pciBusId })
      expect(next?.uuid).toBe(uuidOf(3))
      const samples = await monitor.sample()
      expect(samples.map(({ uuid }) => uuid)).toEqual(gpus.map(({ uuid }) => uuid))
      expect(samples[3]).toMatchObject({ lost: false, memoryUsedBytes: 662_418_240, gpuUtilisationPercent: null })
      expect(await monitor.processes()).toEqual([
        {
          uuid: second?.uuid,
          pid: 71,
          kind: 'compute',
          name: '/usr/bin/program-71',
          memoryUsedBytes: 5 * 2 ** 20,
          gpuInstanceId: 8,
          computeInstanceId: 0,
        },
        expect.objectContaining({ uuid: uuidOf(2), pid: 72, kind: 'graphics', memoryUsedBytes: null }),
      ])
    }))

  test('NVLinks are counted by their other end, and those to a switch apart', () =>
    watch(async (monitor) => {
      for (const link of [0, 1, 2]) lab.fake.link(0, link, 'switch')
      lab.fake.link(0, 3, 4)
      const [gpu] = (await monitor.describe()).gpus
      expect(gpu?.nvlinksToSwitches).toBe(3)
      expect(gpu?.nvlinkPeers).toEqual([
        { uuid: uuidOf(4), links: 1 },
        { uuid: uuidOf(1), links: 8 },
      ])
    }))

  test('a split GPU is lost with its instances', () =>
    watch(async (monitor) => {
      lab.fake.mig(7, 1)
      expect((await monitor.describe()).gpus).toHaveLength(9)
      lab.fake.lose(7)
      const { gpus } = await monitor.describe()
      expect(gpus.slice(6).map(({ lost, mig }) => [lost, mig !== null])).toEqual([
        [false, false],
        [true, false],
        [true, true],
      ])
      expect((await monitor.sample()).slice(7)).toMatchObject([{ lost: true }, { lost: true, memoryUsedBytes: null }])
    }))

  test('a GPU that this user may not open is counted, and hides no other', () =>
    watch(async (monitor) => {
      lab.fake.answer(0, 'nvmlDeviceGetHandleByIndex_v2', 4)
      const { hidden, gpus } = await monitor.describe()
      expect(hidden).toBe(1)
      expect(gpus.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 6, 7])
    }))

  test('a call that fails in a way nobody expects costs that one fact, not the GPU', () =>
    watch(async (monitor) => {
      for (const call of ODD) lab.fake.answer(2, call, 17)
      const [, , gpu] = (await monitor.describe()).gpus
      expect(gpu).toMatchObject({ uuid: uuidOf(2), lost: false, slowdownTemperatureC: null, totalMemoryBytes: null })
      expect(gpu).toMatchObject({ migEnabled: null, pciBusId: null, computeCapability: { major: 8, minor: 0 } })
      const [, , health] = await monitor.health()
      expect(health).toMatchObject({ lost: false, temperatureC: null, recoveryAction: 'none' })
    }))

  test('health tells what is wrong with which GPU', () =>
    watch(async (monitor) => {
      lab.fake.set(1, 'ecc-double', 2)
      lab.fake.set(1, 'remap-pending', 1)
      lab.fake.set(2, 'remap-failure', 1)
      lab.fake.set(2, 'recovery-action', 4)
      lab.fake.set(3, 'retired-pending', 1)
      lab.fake.set(3, 'temperature', 90)
      lab.fake.lose(4)
      lab.fake.answer(5, 'nvmlDeviceGetTemperature', 16)
      lab.fake.answer(5, 'nvmlDeviceGetTemperatureV', 16)
      lab.fake.answer(6, 'nvmlDeviceGetRemappedRows', 3)
      lab.fake.set(6, 'remap-pending', 1)
      expect(await monitor.health()).toMatchObject([
        { uuid: uuidOf(0), lost: false, doubleBitEccErrors: 0, remapPending: false, recoveryAction: 'none' },
        { doubleBitEccErrors: 2, remapPending: true, remapFailure: false },
        { remapFailure: true, recoveryAction: 'drainAndReset' },
        { retiredPagesPending: true, temperatureC: 90, slowdownTemperatureC: 89, shutdownTemperatureC: 92 },
        { lost: true, resetRequired: false, doubleBitEccErrors: null, recoveryAction: null },
        { lost: true, resetRequired: true },
        { lost: false, remapPending: true, remapFailure: false },
        { uuid: uuidOf(7), lost: false },
      ])
    }))

  test('a GPU that is lost in the middle is marked, and its events and readings come again when it is back', () =>
    watch(async (monitor) => {
      const heard = listenTo(monitor)
      expect((await monitor.sample()).every(({ lost }) => !lost)).toBe(true)
      lab.fake.xid(5, 79)
      lab.fake.lose(5)
      const lost = await monitor.sample()
      expect(lost.filter((sample) => sample.lost)).toMatchObject([{ uuid: uuidOf(5), powerMilliwatts: null }])
      expect((await monitor.describe()).gpus[5]).toMatchObject({ uuid: uuidOf(5), lost: true, index: 5 })
      await soon(() => expect(heard).toMatchObject([{ uuid: uuidOf(5), xid: 79 }]))
      lab.fake.heal(5)
      await soon(async () => expect((await monitor.sample())[5]).toMatchObject({ lost: false, fanPercent: 41 }))
      await soon(() => {
        lab.fake.xid(5, 48)
        expect(heard.at(-1)).toMatchObject({ uuid: uuidOf(5), xid: 48 })
      })
    }))

  test('while one GPU is lost, faults of the others are heard of', () =>
    watch(async (monitor) => {
      const heard = listenTo(monitor)
      lab.fake.lose(0)
      lab.fake.xid(1, 31)
      lab.fake.event(2, 0x8000, 1)
      await soon(() =>
        expect(heard).toMatchObject([
          { uuid: uuidOf(1), type: 'xid', xid: 31, gpuInstanceId: null },
          { uuid: uuidOf(2), type: 'recoveryAction', xid: null },
        ]),
      )
      expect(Math.abs((heard[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000)
    }))

  test('a GPU that could not be listened to at first is heard of when it can be', async () => {
    lab.fake.answer(2, 'nvmlDeviceRegisterEvents', 999)
    await watch(async (monitor) => {
      const heard = listenTo(monitor)
      lab.fake.answer(2, 'nvmlDeviceRegisterEvents', 0)
      await soon(() => {
        lab.fake.xid(2, 63)
        expect(heard).toContainEqual(expect.objectContaining({ uuid: uuidOf(2), xid: 63 }))
      })
    })
  })

  test('what another process does to the GPUs is seen while it runs', () =>
    watch(async (monitor) => {
      const heard = listenTo(monitor)
      const steer = (...words: string[]) => promisify(execFile)(process.execPath, [COMMAND, ...words])
      await steer('set', lab.fake.path, '3', 'temperature', '88')
      await steer('process', lab.fake.path, '3', '4711', '2048')
      await steer('xid', lab.fake.path, '3', '79')
      await steer('lose', lab.fake.path, '4')
      const samples = await monitor.sample()
      expect(samples[3]).toMatchObject({ temperatureC: 88 })
      expect(samples[4]).toMatchObject({ lost: true })
      expect(await monitor.processes()).toMatchObject([{ uuid: uuidOf(3), pid: 4_711, memoryUsedBytes: 2 ** 31 }])
      await soon(() => expect(heard).toMatchObject([{ uuid: uuidOf(3), xid: 79 }]))
    }))

  test('a listener that was taken away hears nothing more', () =>
    watch(async (monitor) => {
      const [kept, gone] = [listenTo(monitor), [] as GpuEvent[]]
      monitor.onEvent((event) => void gone.push(event))()
      lab.fake.xid(0, 13)
      await soon(() => expect(kept).toHaveLength(1))
      expect(gone).toEqual([])
    }))
})

const ODD = [
  'nvmlDeviceGetTemperatureThreshold',
  'nvmlDeviceGetMemoryInfo_v2',
  'nvmlDeviceGetMigMode',
  'nvmlDeviceGetPciInfo_v3',
  'nvmlDeviceGetTemperatureV',
  'nvmlDeviceGetNvLinkState',
]

function listenTo(monitor: Monitor): GpuEvent[] {
  const heard: GpuEvent[] = []
  monitor.onEvent((event) => void heard.push(event))
  return heard
}
