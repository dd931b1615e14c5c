import { expect, test } from 'vitest'
import { caught, describeWithFake, uuidOf } from './testing.ts'

describeWithFake('split GPUs', (lab) => {
  test('a GPU that is whole has no instances', () => {
    expect(lab.device.migMode()).toEqual({ current: false, pending: false })
    expect(lab.device.maxMigDevices()).toBe(7)
    expect(lab.device.migDevice(0)).toBeNull()
    expect(lab.device.isMigDevice()).toBe(false)
    expect(lab.device.gpuInstanceId()).toBeNull()
    expect(caught(() => lab.device.parent())).toMatchObject({ code: 'INVALID_ARGUMENT' })
  })

  test('an instance is a device of its own with memory of its own, and knows its GPU', () => {
    lab.fake.mig(0, 3, 9_984)
    expect(lab.device.migMode()).toEqual({ current: true, pending: true })
    const instance = lab.device.migDevice(2)
    expect(instance?.isMigDevice()).toBe(true)
    expect(instance?.uuid()).toMatch(/^MIG-/)
    expect(instance?.gpuInstanceId()).toBe(9)
    expect(instance?.computeInstanceId()).toBe(0)
    expect(instance?.parent().uuid()).toBe(uuidOf(0))
    expect(instance?.memory()?.totalBytes).toBe(9_984 * 2 ** 20)
    expect(lab.device.migDevice(3)).toBeNull()
    expect(lab.nvml.deviceByUuid(instance?.uuid() ?? '')?.handle).toBe(instance?.handle)
  })

  test('neither a split GPU nor an instance tells how busy it is', () => {
    lab.fake.mig(0, 1)
    expect(lab.device.utilisation()).toBeNull()
    expect(lab.device.migDevice(0)?.utilisation()).toBeNull()
    expect(lab.device.migDevice(0)?.powerMilliwatts()).toBeNull()
  })

  test('what an instance has of its GPU is read from its places', () => {
    lab.fake.mig(0, 1, 4_864)
    expect(lab.device.attributes()).toEqual({
      multiprocessors: 108,
      copyEngines: 7,
      decoders: 5,
      encoders: 0,
      jpegEngines: 1,
      opticalFlowEngines: 1,
      gpuInstanceSlices: 8,
      computeInstanceSlices: 8,
      memoryMiB: 81_920,
    })
    expect(lab.device.migDevice(0)?.attributes()).toMatchObject({ multiprocessors: 14, memoryMiB: 4_864 })
  })
})

describeWithFake('how GPUs are joined', (lab) => {
  test('the nearest thing that two GPUs share has its name', () => {
    const from = (other: number) => lab.device.topologyWith(lab.nvml.device(other))
    expect([from(0), from(1), from(2), from(4)]).toEqual(['internal', 'single', 'hostBridge', 'system'])
  })

  test('a link tells whether it is active, and what is at its other end', () => {
    lab.fake.link(0, 1, 'switch')
    lab.fake.link(0, 2, 'none')
    lab.fake.link(0, 3, 12)
    const { device } = lab
    expect(device.nvlinkCount()).toBe(12)
    expect([0, 1, 2, 3].map((link) => device.nvlinkActive(link))).toEqual([true, true, null, false])
    expect(device.nvlinkRemoteType(0)).toBe('gpu')
    expect(device.nvlinkRemoteType(1)).toBe('switch')
    expect(device.nvlinkRemotePci(0)?.busId).toBe(lab.nvml.device(1).pci()?.busId)
  })

  test('a link that the GPU does not have is null', () => {
    expect(lab.device.nvlinkActive(17)).toBeNull()
    expect(lab.device.nvlinkActive(400)).toBeNull()
    expect(lab.device.nvlinkRemotePci(400)).toBeNull()
    expect(lab.device.nvlinkRemoteType(400)).toBeNull()
  })
})
