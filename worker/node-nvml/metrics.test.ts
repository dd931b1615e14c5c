import koffi from 'koffi'
import { expect, test } from 'vitest'
import type { NvmlDevice } from './nvml.ts'
import { caught, describeWithFake } from './testing.ts'
import { throttleReasonsOf } from './throttle-reasons.ts'

/** Every metric, with the calls that it is made of. */
const METRICS: readonly [read: (device: NvmlDevice) => unknown, ...calls: string[]][] = [
  [(device) => device.memory(), 'nvmlDeviceGetMemoryInfo_v2', 'nvmlDeviceGetMemoryInfo'],
  [(device) => device.utilisation(), 'nvmlDeviceGetUtilizationRates'],
  [(device) => device.temperatureC(), 'nvmlDeviceGetTemperatureV', 'nvmlDeviceGetTemperature'],
  [(device) => device.powerMilliwatts(), 'nvmlDeviceGetPowerUsage'],
  [(device) => device.powerLimitMilliwatts(), 'nvmlDeviceGetEnforcedPowerLimit', 'nvmlDeviceGetPowerManagementLimit'],
  [(device) => device.clockMhz('sm'), 'nvmlDeviceGetClockInfo'],
  [(device) => device.energyMillijoules(), 'nvmlDeviceGetTotalEnergyConsumption'],
  [(device) => device.fanPercent(), 'nvmlDeviceGetFanSpeed'],
  [(device) => device.performanceState(), 'nvmlDeviceGetPerformanceState'],
  [
    (device) => device.throttleReasons(),
    'nvmlDeviceGetCurrentClocksEventReasons',
    'nvmlDeviceGetCurrentClocksThrottleReasons',
  ],
  [(device) => device.computeCapability(), 'nvmlDeviceGetCudaComputeCapability'],
  [(device) => device.pci(), 'nvmlDeviceGetPciInfo_v3'],
  [(device) => device.index(), 'nvmlDeviceGetIndex'],
  [(device) => device.temperatureThresholdC('slowdown'), 'nvmlDeviceGetTemperatureThreshold'],
  [(device) => device.eccErrors('uncorrected', 'volatile'), 'nvmlDeviceGetTotalEccErrors'],
  [(device) => device.eccErrorsIn('sram', 'corrected', 'aggregate'), 'nvmlDeviceGetMemoryErrorCounter'],
  [(device) => device.remappedRows(), 'nvmlDeviceGetRemappedRows'],
  [(device) => device.retiredPagesPending(), 'nvmlDeviceGetRetiredPagesPendingStatus'],
  [(device) => device.recoveryAction(), 'nvmlDeviceGetFieldValues'],
  [(device) => device.processes('compute'), 'nvmlDeviceGetComputeRunningProcesses_v3'],
  [(device) => device.processes('graphics'), 'nvmlDeviceGetGraphicsRunningProcesses_v3'],
  [(device) => device.processes('mps'), 'nvmlDeviceGetMPSComputeRunningProcesses_v3'],
  [(device) => device.migMode(), 'nvmlDeviceGetMigMode'],
  [(device) => device.maxMigDevices(), 'nvmlDeviceGetMaxMigDeviceCount'],
  [(device) => device.attributes(), 'nvmlDeviceGetAttributes_v2'],
  [(device) => device.topologyWith(device), 'nvmlDeviceGetTopologyCommonAncestor'],
  [(device) => device.nvlinkCount(), 'nvmlDeviceGetFieldValues'],
  [(device) => device.nvlinkActive(0), 'nvmlDeviceGetNvLinkState'],
  [(device) => device.nvlinkRemotePci(0), 'nvmlDeviceGetNvLinkRemotePciInfo_v2'],
  [(device) => device.nvlinkRemoteType(0), 'nvmlDeviceGetNvLinkRemoteDeviceType'],
]

describeWithFake('what a GPU does', (lab) => {
  test('every value is read from its place', () => {
    for (const [what, value] of SET) lab.fake.set(0, what, value)
    const { device } = lab
    expect(device.memory()).toEqual({
      totalBytes: 85_899_345_920,
      reservedBytes: 600_000_000,
      freeBytes: 80_000_000_000,
      usedBytes: 5_299_345_920,
    })
    expect(device.utilisation()).toEqual({ gpuPercent: 87, memoryPercent: 31 })
    expect(device.temperatureC()).toBe(61)
    expect(device.powerMilliwatts()).toBe(312_500)
    expect(device.powerLimitMilliwatts()).toBe(400_000)
    expect(device.clockMhz('sm')).toBe(1_410)
    expect(device.clockMhz('memory')).toBe(1_593)
    expect(device.fanPercent()).toBe(41)
    expect(device.performanceState()).toBe(2)
    expect(device.throttleReasons()).toEqual(['swPowerCap', 'hwThermalSlowdown'])
  })

  test('energy counts up by the power', () => {
    lab.fake.set(0, 'power', 0)
    lab.fake.set(0, 'energy', 9_876_543_210)
    expect(lab.device.energyMillijoules()).toBe(9_876_543_210)
    lab.fake.set(0, 'power', 400_000_000)
    const before = lab.device.energyMillijoules() ?? Number.NaN
    expect(later(() => lab.device.energyMillijoules() ?? 0, before)).toBeGreaterThan(before)
  })

  test('a temperature below zero, and a performance state that NVML does not know, are read as such', () => {
    lab.fake.set(0, 'temperature', -7)
    lab.fake.set(0, 'performance-state', 32)
    expect(lab.device.temperatureC()).toBe(-7)
    expect(lab.device.performanceState()).toBeNull()
  })

  test('what a card does not support, or does not let us see, is null', () => {
    for (const code of [3, 4, 13, 25]) {
      for (const [read, ...calls] of METRICS) {
        for (const call of calls) lab.fake.answer(0, call, code)
        expect(read(lab.device), `${calls} answering ${code}`).toBeNull()
        for (const call of calls) lab.fake.answer(0, call, 0)
        expect(read(lab.device), `${calls}`).not.toBeNull()
      }
    }
  })

  test('whatever else a call answers is an error that names it', () => {
    for (const code of [1, 9, 15, 16, 999]) {
      for (const [read, call] of METRICS) {
        lab.fake.answer(0, call ?? '', code)
        expect(
          caught(() => read(lab.device)),
          `${call}`,
        ).toMatchObject({ number: code, call })
        lab.fake.answer(0, call ?? '', 0)
      }
    }
  })

  test('a driver without the newer calls is asked by the older ones', () => {
    lab.fake.set(0, 'temperature', 60)
    for (const code of [3, 13, 25]) {
      for (const [, newer, older] of METRICS) if (older && newer) lab.fake.answer(0, newer, code)
      expect(lab.device.memory()).toEqual({
        totalBytes: 85_899_345_920,
        freeBytes: 80_000_000_000,
        usedBytes: 5_899_345_920,
        reservedBytes: null,
      })
      expect(lab.device.temperatureC()).toBe(60)
      expect(lab.device.powerLimitMilliwatts()).toBe(400_000)
      expect(lab.device.throttleReasons()).toEqual([])
    }
  })

  test('a GPU that is lost is an error that says so, and the others go on', () => {
    lab.fake.lose(0)
    const { nvml } = lab
    expect(caught(() => nvml.device(0))).toMatchObject({ code: 'GPU_IS_LOST' })
    expect(nvml.device(1).utilisation()).not.toBeNull()
    lab.fake.heal(0)
    const before = nvml.device(0)
    lab.fake.lose(0, 16)
    expect(caught(() => before.utilisation())).toMatchObject({ code: 'RESET_REQUIRED' })
    lab.fake.heal(0)
    expect(
      caught(() => before.utilisation()),
      'its handle of before stays lost',
    ).toMatchObject({ code: 'GPU_IS_LOST' })
    expect(nvml.device(0).utilisation()).not.toBeNull()
  })

  test('the fake library refuses versioned structs of another version, as NVIDIA’s does', () => {
    const library = koffi.load(lab.fake.path)
    for (const call of ['nvmlDeviceGetMemoryInfo_v2', 'nvmlDeviceGetTemperatureV']) {
      const refuse = library.func(call, 'int', ['uintptr_t', 'void *'])
      expect(refuse(lab.device.handle, Buffer.alloc(40))).toBe(25)
    }
    library.unload()
  })
})

describeWithFake(
  'an old driver',
  (lab) => {
    test('a function that the library lacks is a metric that is not offered, or asked for by the older one', () => {
      lab.fake.set(0, 'temperature', 60)
      expect(lab.device.pci()).toBeNull()
      expect(lab.device.remappedRows()).toBeNull()
      expect(lab.device.memory()).toMatchObject({ reservedBytes: null })
      expect(lab.device.temperatureC()).toBe(60)
      expect(lab.device.powerLimitMilliwatts()).toBe(400_000)
      expect(lab.device.throttleReasons()).toEqual([])
      expect(lab.device.nvlinkRemoteType(0)).toBeNull()
    })
  },
  'old',
)

test('each bit of a mask of throttle reasons has its name, and others are left out', () => {
  expect(throttleReasonsOf(0)).toEqual([])
  expect(throttleReasonsOf(0x1ff)).toHaveLength(9)
  expect(throttleReasonsOf(0x8)).toEqual(['hwSlowdown'])
  expect(throttleReasonsOf(0x1_0000)).toEqual([])
})

const SET = [
  ['utilisation', 87],
  ['memory-utilisation', 31],
  ['temperature', 61],
  ['power', 312_500],
  ['sm-clock', 1_410],
  ['performance-state', 2],
  ['throttle', 0x44],
] as const

/** Reads until the value is another: the clock of the fake library goes in steps. */
function later(read: () => number, before: number): number {
  for (;;) {
    const value = read()
    if (value !== before) return value
  }
}
