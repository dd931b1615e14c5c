import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildFake, canCompile } from './fake/build.ts'
import { type Nvml, type NvmlDevice, NvmlError, openNvml } from './nvml.ts'

const compiler = canCompile()

if (!compiler) {
  test('the bindings are read from their places', ({ skip }) => {
    expect(process.env.CI, 'in CI there has to be a C compiler (cc)').toBeUndefined()
    skip('There is no C compiler (cc) to build the fake library with.')
  })
}

test('without a driver the error is a plain sentence', () => {
  const error = caught(() => openNvml('libnvidia-ml-is-not-here.so.1'))
  expect(error).toMatchObject({ code: 'LIBRARY_NOT_FOUND', call: 'dlopen', number: 12 })
  expect(error?.message).toMatch(/^NVIDIA’s management library .* could not be loaded/)
})

describe.runIf(compiler)('against a fake library', () => {
  let folder: string
  let fake: ReturnType<typeof buildFake>
  let nvml: Nvml
  let device: NvmlDevice

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'node-nvml-'))
    fake = buildFake(join(folder, 'libnvidia-ml.so.1'))
    nvml = openNvml(fake.path)
    device = nvml.device(0)
  })
  afterEach(() => fake.reset())
  afterAll(async () => {
    nvml.shutdown()
    expect(fake.started()).toBe(0)
    await rm(folder, { recursive: true })
  })

  test('versions and the number of devices are read', () => {
    expect(nvml.driverVersion()).toBe('580.65.06')
    expect(nvml.nvmlVersion()).toBe('13.580.65.06')
    expect(nvml.deviceCount()).toBe(2)
  })

  test('every field is read from its place', () => {
    expect(device.uuid()).toBe('GPU-00000000-2222-3333-4444-555555555555')
    expect(nvml.device(1).uuid()).toBe('GPU-11111111-2222-3333-4444-555555555555')
    expect(device.name()).toBe('NVIDIA A100-SXM4-80GB')
    expect(device.memory()).toEqual({
      totalBytes: 85_899_345_920,
      reservedBytes: 600_000_000,
      freeBytes: 80_000_000_000,
      usedBytes: 5_299_345_920,
    })
    expect(device.utilisation()).toEqual({ gpuPercent: 87, memoryPercent: 31 })
    expect(device.temperatureC()).toBe(61)
    expect(device.powerMilliwatts()).toBe(312_500)
    expect(device.clockMhz('sm')).toBe(1_410)
    expect(device.clockMhz('memory')).toBe(1_593)
    expect(device.energyMillijoules()).toBe(9_876_543_210)
    expect(device.computeCapability()).toEqual({ major: 8, minor: 0 })
    expect(device.pci()).toEqual({
      busId: '00000001:65:02.0',
      domain: 1,
      bus: 0x65,
      device: 2,
      deviceId: 0x20b210de,
      subsystemId: 0x147f10de,
    })
  })

  test('a driver without the newer calls is asked by the older ones', () => {
    for (const code of [3, 13, 25]) {
      fake.answer(0, 'MEMORY_V2', code)
      fake.answer(0, 'TEMPERATURE_V', code)
      expect(device.memory()).toEqual({
        totalBytes: 85_899_345_920,
        freeBytes: 80_000_000_000,
        usedBytes: 5_899_345_920,
        reservedBytes: null,
      })
      expect(device.temperatureC()).toBe(60)
    }
  })

  test('a function that the library lacks is a metric that is not offered', () => {
    const old = openNvml(buildFake(join(folder, 'libnvidia-ml-old.so.1'), { oldDriver: true }).path)
    expect(old.device(0).pci()).toBeNull()
    expect(old.device(0).powerMilliwatts()).toBe(312_500)
    old.shutdown()
  })

  test('what a card does not support, or does not let us see, is null', () => {
    for (const code of [3, 4]) {
      for (const call of ['MEMORY_V2', 'MEMORY', 'UTILISATION', 'TEMPERATURE_V', 'TEMPERATURE'] as const)
        fake.answer(0, call, code)
      for (const call of ['POWER', 'CLOCK', 'ENERGY', 'CAPABILITY', 'PCI'] as const) fake.answer(0, call, code)
      expect(device.memory()).toBeNull()
      expect(device.utilisation()).toBeNull()
      expect(device.temperatureC()).toBeNull()
      expect(device.powerMilliwatts()).toBeNull()
      expect(device.clockMhz('sm')).toBeNull()
      expect(device.energyMillijoules()).toBeNull()
      expect(device.computeCapability()).toBeNull()
      expect(device.pci()).toBeNull()
    }
  })

  test('a GPU that is lost is an error that says so, and the other one goes on', () => {
    fake.answer(0, 'UTILISATION', 15)
    const error = caught(() => device.utilisation())
    expect(error).toMatchObject({ code: 'GPU_IS_LOST', call: 'nvmlDeviceGetUtilizationRates', number: 15 })
    expect(nvml.device(1).utilisation()).toEqual({ gpuPercent: 87, memoryPercent: 31 })
  })

  test('an index that does not exist, and an answer without a name, are errors', () => {
    expect(caught(() => nvml.device(7))).toMatchObject({ code: 'INVALID_ARGUMENT' })
    fake.answer(0, 'POWER', 77)
    expect(caught(() => device.powerMilliwatts())?.message).toBe('nvmlDeviceGetPowerUsage answered CODE_77 (77).')
  })

  test('a driver that is not loaded, or of another version, is a plain sentence', () => {
    fake.initResult(9)
    expect(caught(() => openNvml(fake.path))?.message).toBe('The NVIDIA driver is not loaded.')
    fake.initResult(18)
    expect(caught(() => openNvml(fake.path))?.message).toMatch(/different versions/)
  })
})

function caught(call: () => unknown): NvmlError | undefined {
  try {
    call()
  } catch (error) {
    if (error instanceof NvmlError) return error
    throw error
  }
  return undefined
}
