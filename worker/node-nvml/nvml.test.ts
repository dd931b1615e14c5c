import { expect, test } from 'vitest'
import { buildFake } from './fake/build.ts'
import { openNvml } from './nvml.ts'
import { caught, describeWithFake, uuidOf } from './testing.ts'

test('without a driver the error is a plain sentence', () => {
  const error = caught(() => openNvml('libnvidia-ml-is-not-here.so.1'))
  expect(error).toMatchObject({ code: 'LIBRARY_NOT_FOUND', call: 'dlopen', number: 12 })
  expect(error?.message).toMatch(/^NVIDIA’s management library .* could not be loaded/)
})

describeWithFake('the library', (lab) => {
  test('versions and the number of devices are read', () => {
    expect(lab.nvml.driverVersion()).toBe('580.65.06')
    expect(lab.nvml.nvmlVersion()).toBe('13.580.65.06')
    expect(lab.nvml.cudaVersion()).toBe('13.0')
    expect(lab.nvml.deviceCount()).toBe(8)
  })

  test('a GPU tells who it is, and is found by what it tells', () => {
    const gpu = lab.nvml.device(3)
    expect(gpu.uuid()).toBe(uuidOf(3))
    expect(gpu.name()).toBe('NVIDIA A100-SXM4-80GB')
    expect(gpu.index()).toBe(3)
    expect(gpu.computeCapability()).toEqual({ major: 8, minor: 0 })
    expect(lab.nvml.deviceByUuid(uuidOf(3))?.handle).toBe(gpu.handle)
    expect(lab.nvml.deviceByUuid('GPU-of-nobody')).toBeNull()
  })

  test('the address on the bus is read from its places', () => {
    expect(lab.nvml.device(0).pci()).toEqual({
      busId: '00000001:65:02.0',
      domain: 1,
      bus: 0x65,
      device: 2,
      deviceId: 0x20b210de,
      subsystemId: 0x147f10de,
    })
  })

  test('each code is named, and those that people meet have a sentence', () => {
    const named: [number, string, RegExp][] = [
      [1, 'UNINITIALIZED', /loaded anew/],
      [2, 'INVALID_ARGUMENT', /answered INVALID_ARGUMENT \(2\)/],
      [6, 'NOT_FOUND', /answered NOT_FOUND \(6\)/],
      [7, 'INSUFFICIENT_SIZE', /answered INSUFFICIENT_SIZE \(7\)/],
      [9, 'DRIVER_NOT_LOADED', /driver is not loaded/],
      [10, 'TIMEOUT', /answered TIMEOUT \(10\)/],
      [12, 'LIBRARY_NOT_FOUND', /could not be loaded/],
      [15, 'GPU_IS_LOST', /fallen off the bus/],
      [16, 'RESET_REQUIRED', /has to be reset/],
      [18, 'LIB_RM_VERSION_MISMATCH', /different versions/],
      [999, 'UNKNOWN', /answered UNKNOWN \(999\)/],
      [77, 'CODE_77', /nvmlDeviceGetPowerUsage answered CODE_77 \(77\)/],
    ]
    for (const [number, code, sentence] of named) {
      lab.fake.answer(0, 'nvmlDeviceGetPowerUsage', number)
      const error = caught(() => lab.device.powerMilliwatts())
      expect(error).toMatchObject({ number, code, call: 'nvmlDeviceGetPowerUsage' })
      expect(error?.message).toMatch(sentence)
    }
  })

  test('an index that does not exist, and a GPU that this user may not open, are errors', () => {
    expect(caught(() => lab.nvml.device(8))).toMatchObject({ code: 'INVALID_ARGUMENT' })
    lab.fake.answer(1, 'nvmlDeviceGetHandleByIndex_v2', 4)
    expect(caught(() => lab.nvml.device(1))).toMatchObject({ code: 'NO_PERMISSION' })
    expect(lab.nvml.deviceCount()).toBe(8)
  })

  test('a driver that is not loaded, or of another version, is a plain sentence', () => {
    lab.fake.unplug()
    expect(caught(() => openNvml(lab.fake.path))?.message).toBe('The NVIDIA driver is not loaded.')
    lab.fake.unplug(18)
    expect(caught(() => openNvml(lab.fake.path))?.message).toMatch(/different versions/)
  })

  test('the program of a process is told, and is unknown when that is gone', () => {
    lab.fake.process(0, { pid: 4711, memoryMiB: 1 })
    expect(lab.nvml.processName(4711)).toBe('/usr/bin/program-4711')
    expect(lab.nvml.processName(4712)).toBeNull()
  })

  test('after the driver was loaded anew the library has to be opened again', () => {
    const other = buildFake(lab.path('reloaded.so'))
    const before = openNvml(other.path)
    other.unplug()
    expect(caught(() => before.deviceCount())).toMatchObject({ code: 'DRIVER_NOT_LOADED' })
    other.plug()
    expect(caught(() => before.deviceCount())).toMatchObject({ code: 'UNINITIALIZED' })
    const after = openNvml(other.path)
    expect(after.deviceCount()).toBe(8)
    after.shutdown()
  })
})
