import { execFile } from 'node:child_process'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import { type GpuEvent, type Monitor, type MonitorOptions, openMonitor } from './monitor.ts'
import { describeWithFake, uuidOf } from './testing.ts'

const CALLS_PER_SAMPLE = 8 * 13
const COMMAND = fileURLToPath(new URL('fake/command.ts', import.meta.url))
/** Far longer than a test. */
const FOR_EVER_US = 3_600_000_000

test('without a driver it does not open, and says so in a plain sentence', async () => {
  await expect(openMonitor({ library: 'libnvidia-ml-is-not-here.so.1' })).rejects.toMatchObject({
    code: 'LIBRARY_NOT_FOUND',
    message: expect.stringMatching(/there is no NVIDIA driver here/),
  })
})

describeWithFake('the monitor', (lab) => {
  const watch = async (body: (monitor: Monitor) => Promise<void>, options: MonitorOptions = {}) => {
    const monitor = await openMonitor({ library: lab.fake.path, ...options })
    try {
      await body(monitor)
    } finally {
      lab.fake.delay(0)
      await monitor.close()
    }
  }

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

  test('the main thread goes on turning while the driver sleeps', () =>
    watch(async (monitor) => {
      lab.fake.delay(FOR_EVER_US)
      const answer = monitor.sample()
      await turnUntil(() => lab.fake.sleeping() > 0)
      for (let turns = 0; turns < 1_000; turns++) await setImmediate()
      expect(lab.fake.sleeping()).toBeGreaterThan(0)
      lab.fake.delay(0)
      expect(await answer).toHaveLength(8)
    }))

  test('a driver that hangs is told in a sentence, and what is asked meanwhile does not pile up', () =>
    watch(
      async (monitor) => {
        const before = lab.fake.calls()
        lab.fake.delay(FOR_EVER_US)
        const sentence = { code: 'TIMEOUT', message: 'The driver has not answered for 2 s.' }
        await expect(monitor.sample()).rejects.toMatchObject(sentence)
        const meanwhile = [monitor.health(), monitor.describe(), monitor.processes(), monitor.sample()]
        for (const request of meanwhile) await expect(request).rejects.toMatchObject(sentence)
        expect(lab.fake.sleeping()).toBeGreaterThan(0)
        lab.fake.delay(0)
        await soon(async () => expect(await monitor.sample()).toHaveLength(8))
        expect(lab.fake.calls() - before, 'the sample that hung, and the last one').toBe(2 * CALLS_PER_SAMPLE)
      },
      { timeLimitMs: 2_000 },
    ))

  test('requests that are alike share an answer', () =>
    watch(async (monitor) => {
      const before = lab.fake.calls()
      const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => monitor.sample()))
      expect(first).toHaveLength(8)
      for (const other of others) expect(other).toBe(first)
      expect(lab.fake.calls() - before).toBe(CALLS_PER_SAMPLE)
    }))

  test('a driver that goes away is told by every request, and another monitor opens when it is back', async () => {
    const names = { 9: 'DRIVER_NOT_LOADED', 18: 'LIB_RM_VERSION_MISMATCH', 999: 'UNKNOWN' } as const
    for (const [number, code] of Object.entries(names)) {
      await watch(async (monitor) => {
        lab.fake.unplug(Number(number))
        const requests = [monitor.sample(), monitor.health(), monitor.describe(), monitor.processes()]
        for (const request of requests) await expect(request).rejects.toMatchObject({ code, name: 'NvmlError' })
        await expect(openMonitor({ library: lab.fake.path })).rejects.toMatchObject({ code })
        lab.fake.unplug(0)
        expect(await monitor.sample()).toHaveLength(8)
      })
    }
  })

  test('a driver that does not answer does not let it open', async () => {
    lab.fake.delay(FOR_EVER_US)
    await expect(openMonitor({ library: lab.fake.path, threadTimeLimitMs: 300 })).rejects.toMatchObject({
      code: 'TIMEOUT',
    })
    lab.fake.delay(0)
    await soon(() => expect(lab.fake.started()).toBe(1))
  })

  test('a thread that the driver holds is told when it is closed, and ends when the driver lets go', async () => {
    const monitor = await openMonitor({ library: lab.fake.path, timeLimitMs: 300, threadTimeLimitMs: 3_000 })
    lab.fake.delay(FOR_EVER_US)
    await expect(monitor.sample()).rejects.toMatchObject({ code: 'TIMEOUT' })
    expect(await monitor.close()).toBe(false)
    lab.fake.delay(0)
    await soon(() => expect(lab.fake.started()).toBe(1))
  })

  test('when it is closed its library is shut down, and every request says so', async () => {
    const monitor = await openMonitor({ library: lab.fake.path })
    expect(lab.fake.started()).toBe(3)
    const underWay = monitor.sample()
    await Promise.all([
      monitor.close(),
      expect(underWay).rejects.toMatchObject({ code: 'UNINITIALIZED', message: 'The monitor is closed.' }),
    ])
    expect(await monitor.close()).toBe(true)
    expect(lab.fake.started(), 'the one of the suite').toBe(1)
    await expect(monitor.describe()).rejects.toMatchObject({ message: 'The monitor is closed.' })
  })
})

describeWithFake('a process with a monitor', (lab) => {
  const monitorUrl = new URL('monitor.ts', import.meta.url).href
  const run = async (body: string) => {
    const script = `import { readdirSync, readFileSync } from 'node:fs'
      import { openMonitor } from ${JSON.stringify(monitorUrl)}
      const monitor = await openMonitor({ library: ${JSON.stringify(lab.fake.path)} })
      ${body}`
    const given = ['--input-type=module', '--eval', script]
    return (await promisify(execFile)(process.execPath, given, { timeout: 20_000 })).stdout.trim()
  }

  test('ends by itself, with the monitor open', async () => {
    expect(await run('console.log((await monitor.sample()).length)')).toBe('8')
  })

  test.runIf(process.platform === 'linux')('has as many threads after it was closed as before', async () => {
    const threads = await run(`
      const count = () => readdirSync('/proc/self/task').length
      const open = count()
      await monitor.close()
      const closed = count()
      const again = await openMonitor({ library: ${JSON.stringify(lab.fake.path)} })
      console.log(open - closed, count() - closed)
      await again.close()`)
    const [ended, started] = threads.split(' ').map(Number)
    expect(ended).toBeGreaterThanOrEqual(2)
    expect(ended).toBe(started)
  })
})

function listenTo(monitor: Monitor): GpuEvent[] {
  const heard: GpuEvent[] = []
  monitor.onEvent((event) => void heard.push(event))
  return heard
}

async function turnUntil(holds: () => boolean): Promise<void> {
  while (!holds()) await setImmediate()
}

/** Until it holds: the machine may be busy. */
function soon(holds: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(holds, { timeout: 15_000 })
}
