import { expect, test } from 'vitest'
import { createSampler } from './sampler.ts'
import { caught, describeWithFake } from './testing.ts'

const GPUS = 8
const CALLS_PER_GPU = 13

describeWithFake('the sampler', (lab) => {
  const open = () => createSampler(Array.from({ length: GPUS }, (_, index) => lab.nvml.device(index)))
  const callsOf = (work: () => void) => {
    const before = lab.fake.calls()
    work()
    return lab.fake.calls() - before
  }

  test('every metric is read from its place, by thirteen calls of each GPU', () => {
    for (const [what, value] of SET) lab.fake.set(1, what, value)
    const sampler = open()
    expect(callsOf(sampler.sample)).toBe(GPUS * CALLS_PER_GPU)
    expect(sampler.reading(1)).toEqual({
      lost: false,
      gpuUtilisationPercent: 87,
      memoryUtilisationPercent: 31,
      memoryUsedBytes: 70_000_000_000,
      powerMilliwatts: 0,
      powerLimitMilliwatts: 350_000,
      temperatureC: -3,
      memoryTemperatureC: 71,
      smClockMhz: 1_410,
      memoryClockMhz: 1_215,
      energyMillijoules: 9_876_543_210,
      throttleReasons: ['swPowerCap'],
      fanPercent: 43,
      performanceState: 2,
      uncorrectedEccErrors: 5_000_000_000,
    })
  })

  test('it reads what the calls of a device read', () => {
    lab.fake.set(0, 'utilisation', 50)
    const sampler = open()
    sampler.sample()
    const { device } = lab
    expect(sampler.reading(0)).toMatchObject({
      memoryUsedBytes: device.memory()?.usedBytes,
      powerMilliwatts: device.powerMilliwatts(),
      temperatureC: device.temperatureC(),
      throttleReasons: device.throttleReasons(),
    })
  })

  test('what a card does not offer is null, and is asked for again only now and then', () => {
    lab.fake.answer(3, 'nvmlDeviceGetFanSpeed', 3)
    lab.fake.answer(3, 'nvmlDeviceGetFieldValues', 4)
    lab.fake.set(2, 'performance-state', 32)
    const sampler = open()
    sampler.sample()
    expect(sampler.reading(3)).toMatchObject({ fanPercent: null, memoryTemperatureC: null, lost: false })
    expect(sampler.reading(2)).toMatchObject({ fanPercent: 41, performanceState: null })
    lab.fake.answer(3, 'nvmlDeviceGetFanSpeed', 0)
    lab.fake.answer(3, 'nvmlDeviceGetFieldValues', 0)
    const calls = Array.from({ length: 60 }, () => callsOf(sampler.sample))
    expect(calls.slice(0, 59)).toEqual(Array(59).fill(GPUS * CALLS_PER_GPU - 2))
    expect(calls[59]).toBe(GPUS * CALLS_PER_GPU)
    expect(sampler.reading(3).fanPercent).toBe(41)
    expect(sampler.reading(3).memoryTemperatureC).not.toBeNull()
  })

  test('the older call is asked from then on where the newer one is not offered', () => {
    lab.fake.set(0, 'temperature', 60)
    for (const call of NEWER) lab.fake.answer(0, call, 3)
    const sampler = open()
    expect(callsOf(sampler.sample)).toBe(GPUS * CALLS_PER_GPU + NEWER.length)
    expect(sampler.reading(0)).toMatchObject({
      temperatureC: 60,
      memoryUsedBytes: 5_899_345_920,
      powerLimitMilliwatts: 400_000,
      throttleReasons: [],
    })
    expect(callsOf(sampler.sample)).toBe(GPUS * CALLS_PER_GPU)
  })

  test('a GPU that is lost is marked, costs one call, and leaves the others good', () => {
    const sampler = open()
    sampler.sample()
    lab.fake.lose(5, 16)
    expect(callsOf(sampler.sample)).toBe((GPUS - 1) * CALLS_PER_GPU + 1)
    expect(sampler.lost(5)).toBe(16)
    expect(Object.values(sampler.reading(5)).filter((value) => value !== null)).toEqual([true])
    expect(sampler.lost(4)).toBe(0)
    expect(sampler.reading(4)).toMatchObject({ lost: false, fanPercent: 41 })
  })

  test('a GPU that is lost in the middle of its calls has no reading', () => {
    lab.fake.answer(5, 'nvmlDeviceGetFanSpeed', 15)
    const sampler = open()
    sampler.sample()
    expect(sampler.lost(5)).toBe(15)
    expect(sampler.reading(5)).toMatchObject({ lost: true, gpuUtilisationPercent: null })
  })

  test('a call that fails for once is null for that sample alone', () => {
    const sampler = open()
    lab.fake.answer(1, 'nvmlDeviceGetPowerUsage', 999)
    sampler.sample()
    expect(sampler.reading(1)).toMatchObject({ powerMilliwatts: null, fanPercent: 41, lost: false })
    lab.fake.answer(1, 'nvmlDeviceGetPowerUsage', 0)
    sampler.sample()
    expect(sampler.reading(1).powerMilliwatts).not.toBeNull()
  })

  test('a driver that is gone is an error', () => {
    const sampler = open()
    for (const [code, name] of [
      [9, 'DRIVER_NOT_LOADED'],
      [18, 'LIB_RM_VERSION_MISMATCH'],
      [999, 'UNKNOWN'],
    ] as const) {
      lab.fake.unplug(code)
      expect(caught(sampler.sample)).toMatchObject({ code: name })
    }
  })
})

describeWithFake(
  'an old driver',
  (lab) => {
    test('functions that the library lacks are not asked for', () => {
      lab.fake.set(0, 'temperature', 60)
      const sampler = createSampler([lab.device])
      sampler.sample()
      expect(sampler.reading(0)).toMatchObject({ temperatureC: 60, throttleReasons: [], powerLimitMilliwatts: 400_000 })
    })
  },
  'old',
)

const NEWER = [
  'nvmlDeviceGetMemoryInfo_v2',
  'nvmlDeviceGetEnforcedPowerLimit',
  'nvmlDeviceGetTemperatureV',
  'nvmlDeviceGetCurrentClocksEventReasons',
]

const SET = [
  ['utilisation', 87],
  ['memory-utilisation', 31],
  ['memory-used', 70_000_000_000],
  // So that the energy stands still.
  ['power', 0],
  ['power-limit', 350_000],
  ['temperature', -3],
  ['memory-temperature', 71],
  ['sm-clock', 1_410],
  ['memory-clock', 1_215],
  ['energy', 9_876_543_210],
  ['throttle', 0x4],
  ['fan', 43],
  ['performance-state', 2],
  ['ecc-double', 5_000_000_000],
] as const
