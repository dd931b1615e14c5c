import { mkdtempSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildFake, canCompile } from '../node-nvml/fake/build.ts'
import { chooseGpus } from './choose.ts'

const NOWHERE = '/no/such/libnvidia-ml.so.1'

test('without a driver four simulated GPUs stand in, and it is said why', async () => {
  const gpus = chooseGpus('worker', undefined, NOWHERE)
  expect(await gpus.list()).toHaveLength(4)
  expect((await gpus.list()).every(({ simulated, name }) => simulated && name.startsWith('Simulated'))).toBe(true)
  expect(gpus.notice()).toMatch(/there is no NVIDIA driver here\. Simulated GPUs stand in\.$/)
})

test('a number of simulated GPUs is taken at its word, and none means none', async () => {
  expect(await chooseGpus('worker', 7, undefined).list()).toHaveLength(7)
  const none = chooseGpus('worker', 0, undefined)
  expect(await none.list()).toEqual([])
  expect(await none.sample(new Set())).toEqual([])
  expect(none.notice()).not.toBeNull()
})

describe.runIf(canCompile())('with a fake driver', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'worker-gpus-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('real GPUs are listed and read, and a metric that is not offered is null', async () => {
    const fake = buildFake(join(folder, 'libnvidia-ml.so.1'))
    fake.configure({ gpus: 2 })
    fake.set(0, 'utilisation', 87)
    fake.set(0, 'power', 312_500)
    fake.set(0, 'temperature', 61)
    const gpus = chooseGpus('worker', undefined, fake.path)
    expect(await gpus.list()).toMatchObject([
      { name: 'NVIDIA A100-SXM4-80GB', index: 0, totalMemoryMb: 81_920, computeCapability: '8.0', simulated: false },
      { uuid: 'GPU-11111111-2222-3333-4444-555555555555', index: 1, driverVersion: '580.65.06' },
    ])
    expect(gpus.notice()).toBeNull()
    fake.answer(0, 'nvmlDeviceGetTotalEnergyConsumption', 3)
    fake.answer(1, 'nvmlDeviceGetPowerUsage', 15)
    const [first, lost] = await gpus.sample(new Set())
    expect(first).toMatchObject({
      utilisationPercent: 87,
      powerWatts: 312.5,
      temperatureC: 61,
      smClockMhz: 1_410,
      energyJoules: null,
    })
    expect(first?.memoryUsedMb).toBeCloseTo(5_053.85)
    expect(lost).toMatchObject({ utilisationPercent: null, powerWatts: null })
    fake.answer(0, 'nvmlDeviceGetHandleByIndex_v2', 4)
    expect(await gpus.list()).toHaveLength(1)
    gpus.close()
  })

  test('a driver that comes later is found', async () => {
    const later = join(folder, 'later.so.1')
    const gpus = chooseGpus('worker', undefined, later)
    expect((await gpus.list())[0]?.simulated).toBe(true)
    await rename(buildFake(join(folder, 'other.so.1')).path, later)
    expect((await gpus.list())[0]?.simulated).toBe(false)
    gpus.close()
  })
})
