import type { GpuDescription, GpuEvent, GpuHealth, GpuProcess, GpuSample } from 'node-nvml/monitor'
import { expect, test } from 'vitest'
import { healthOf, hintsOf, listedOf, processesOf, readingsOf } from './nvml-words.ts'

const CARD: GpuDescription = {
  uuid: 'GPU-a',
  name: 'NVIDIA A100',
  index: 3,
  lost: false,
  totalMemoryBytes: 80 * 2 ** 30,
  computeCapability: { major: 8, minor: 0 },
  pciBusId: '00000000:65:00.0',
  migEnabled: false,
  mig: null,
  nvlinkPeers: [{ uuid: 'GPU-b', links: 12 }],
  nvlinksToSwitches: 0,
  slowdownTemperatureC: 92,
  shutdownTemperatureC: 95,
}

function instance(gpuInstanceId: number): GpuDescription {
  const mig = { parentUuid: 'GPU-a', gpuInstanceId, computeInstanceId: 0 }
  const memory = { totalMemoryBytes: 10 * 2 ** 30, index: 0, migEnabled: null }
  return { ...CARD, ...memory, uuid: `MIG-${gpuInstanceId}`, name: 'MIG 1g.10gb', mig, nvlinkPeers: [] }
}

const machine = (...gpus: GpuDescription[]) => ({
  driverVersion: '580.65.06',
  nvmlVersion: '13.580',
  cudaVersion: '13.0',
  hidden: 0,
  gpus,
})
const WHOLE = listedOf(machine(CARD))
const SPLIT = listedOf(machine({ ...CARD, migEnabled: true }, instance(7), instance(8)))

const SAMPLE: GpuSample = {
  uuid: 'GPU-a',
  lost: false,
  gpuUtilisationPercent: 87,
  memoryUtilisationPercent: 41,
  memoryUsedBytes: 2 ** 30,
  powerMilliwatts: 312_500,
  powerLimitMilliwatts: 400_000,
  temperatureC: 61,
  memoryTemperatureC: 70,
  smClockMhz: 1_410,
  memoryClockMhz: 1_593,
  energyMillijoules: 5_000_500,
  throttleReasons: ['gpuIdle', 'swPowerCap', 'hwSlowdown', 'applicationsClocksSetting'],
  fanPercent: null,
  performanceState: 0,
  uncorrectedEccErrors: 0,
}

const HEALTH: GpuHealth = {
  uuid: 'GPU-a',
  lost: false,
  resetRequired: false,
  doubleBitEccErrors: 0,
  remapPending: false,
  remapFailure: false,
  retiredPagesPending: null,
  recoveryAction: 'drainAndReset',
  temperatureC: 61,
  slowdownTemperatureC: 92,
  shutdownTemperatureC: 95,
}

const NONE: ReadonlySet<string> = new Set()

test('a GPU is told in the words of the graph', () => {
  expect(WHOLE.map(({ info }) => info)).toEqual([
    {
      uuid: 'GPU-a',
      name: 'NVIDIA A100',
      index: 3,
      totalMemoryMb: 81_920,
      computeCapability: '8.0',
      driverVersion: '580.65.06',
      cudaVersion: '13.0',
      pciBusId: '00000000:65:00.0',
      mig: null,
      nvlinkPeers: [{ uuid: 'GPU-b', links: 12 }],
      simulated: false,
    },
  ])
})

test('MIG instances are listed in place of their GPU, and one whose memory is not known is not', () => {
  expect(SPLIT.map(({ card, info: { uuid, index, mig } }) => ({ card, uuid, index, mig }))).toEqual([
    { card: 'GPU-a', uuid: 'MIG-7', index: 3, mig: { parentUuid: 'GPU-a', gpuInstance: 7, computeInstance: 0 } },
    { card: 'GPU-a', uuid: 'MIG-8', index: 3, mig: { parentUuid: 'GPU-a', gpuInstance: 8, computeInstance: 0 } },
  ])
  expect(listedOf(machine({ ...CARD, totalMemoryBytes: null }))).toEqual([])
})

test('a sample is told in megabytes, watts and joules, with what holds the GPU back and nothing else', () => {
  expect(readingsOf(WHOLE, [SAMPLE])).toEqual([
    {
      uuid: 'GPU-a',
      utilisationPercent: 87,
      memoryUtilisationPercent: 41,
      memoryUsedMb: 1_024,
      powerWatts: 312.5,
      powerLimitWatts: 400,
      temperatureC: 61,
      memoryTemperatureC: 70,
      smClockMhz: 1_410,
      memoryClockMhz: 1_593,
      fanPercent: null,
      energyJoules: 5_000.5,
      throttleReasons: ['POWER_CAP', 'HW_SLOWDOWN'],
    },
  ])
})

test('an instance has its own memory and the heat of its GPU, but not its power, which would count twice', () => {
  const own = { ...SAMPLE, uuid: 'MIG-7', memoryUsedBytes: 2 ** 20, temperatureC: null, powerMilliwatts: null }
  const [first, second] = readingsOf(SPLIT, [SAMPLE, { ...own, throttleReasons: null, energyMillijoules: null }])
  expect(first).toMatchObject({ uuid: 'MIG-7', memoryUsedMb: 1, temperatureC: 61, powerWatts: null })
  expect(first).toMatchObject({ energyJoules: null, throttleReasons: ['POWER_CAP', 'HW_SLOWDOWN'] })
  expect(second).toMatchObject({ uuid: 'MIG-8', memoryUsedMb: null, temperatureC: 61, utilisationPercent: null })
})

test('the health of a card is that of each of its instances', () => {
  expect(healthOf(SPLIT, [{ ...HEALTH, retiredPagesPending: true }], new Set(['GPU-a']))).toMatchObject([
    { uuid: 'MIG-7', lost: false, wasReset: true, remapPending: true, recoveryAction: 'DRAIN_AND_RESET' },
    { uuid: 'MIG-8', lost: false, wasReset: true, remapPending: true, recoveryAction: 'DRAIN_AND_RESET' },
  ])
})

test('what a card does not tell is null, and one that has to be reset asks for it', () => {
  const unknown = { remapPending: null, recoveryAction: 'unknown' } as const
  expect(healthOf(WHOLE, [{ ...HEALTH, ...unknown }], NONE)).toMatchObject([
    { remapPending: null, recoveryAction: null },
  ])
  const lost = { ...HEALTH, lost: true, resetRequired: true, recoveryAction: null }
  expect(healthOf(WHOLE, [lost], NONE)).toMatchObject([{ lost: true, recoveryAction: 'RESET' }])
})

const XID: GpuEvent = { uuid: 'GPU-a', type: 'xid', xid: 94, at: 5, gpuInstanceId: null, computeInstanceId: null }

test('an XID concerns each instance of its GPU, or the one that it names', () => {
  expect(hintsOf(WHOLE, XID)).toEqual([{ type: 'xid', uuid: 'GPU-a', code: 94, at: 5 }])
  expect(hintsOf(SPLIT, XID)).toMatchObject([{ uuid: 'MIG-7' }, { uuid: 'MIG-8' }])
  expect(hintsOf(SPLIT, { ...XID, gpuInstanceId: 8 })).toMatchObject([{ uuid: 'MIG-8' }])
  expect(hintsOf(SPLIT, { ...XID, uuid: 'GPU-other' })).toEqual([])
})

test('any other event is a reason to look', () => {
  expect(hintsOf(WHOLE, { ...XID, type: 'doubleBitEcc', xid: null })).toEqual([{ type: 'look' }])
})

test('a process that computes and draws is one, and one on no listed GPU is none', () => {
  const process: GpuProcess = {
    uuid: 'GPU-a',
    pid: 7,
    kind: 'compute',
    name: 'python',
    memoryUsedBytes: 2 ** 21,
    gpuInstanceId: null,
    computeInstanceId: null,
  }
  const processes: GpuProcess[] = [process, { ...process, kind: 'graphics' }, { ...process, uuid: 'GPU-b' }]
  expect(processesOf(WHOLE, processes)).toEqual([{ uuid: 'GPU-a', pid: 7, name: 'python', memoryMb: 2 }])
})
