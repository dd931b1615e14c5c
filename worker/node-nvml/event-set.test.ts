import { expect, test } from 'vitest'
import { caught, describeWithFake } from './testing.ts'

const ALL = ['singleBitEcc', 'doubleBitEcc', 'xid', 'gpuUnavailable', 'recoveryAction']

describeWithFake('events', (lab) => {
  test('a fault is heard of with its number, its GPU and its instance', () => {
    const set = lab.nvml.eventSet()
    expect(set.register(lab.nvml.device(2))).toEqual(ALL)
    lab.fake.xid(2, 79)
    lab.fake.xid(2, 94, { gpuInstanceId: 7, computeInstanceId: 1 })
    const first = set.wait(1_000)
    expect(first).toMatchObject({ type: 'xid', xid: 79, gpuInstanceId: null, computeInstanceId: null })
    expect(first?.device.handle).toBe(lab.nvml.device(2).handle)
    expect(set.wait(1_000)).toMatchObject({ type: 'xid', xid: 94, gpuInstanceId: 7, computeInstanceId: 1 })
    expect(set.wait(0)).toBeNull()
    set.free()
  })

  test('each type has its name, and what was not asked for is not heard of', () => {
    const set = lab.nvml.eventSet()
    expect(set.register(lab.device, ['doubleBitEcc', 'recoveryAction', 'gpuUnavailable'])).toHaveLength(3)
    for (const type of [0x1, 0x8, 0x2, 0x8000, 0x4000]) lab.fake.event(0, type, 4)
    const heard = Array.from({ length: 4 }, () => set.wait(0))
    expect(heard).toMatchObject([
      { type: 'doubleBitEcc', xid: null },
      { type: 'recoveryAction', xid: null },
      { type: 'gpuUnavailable', xid: null },
      null,
    ])
    set.free()
  })

  test('a GPU that tells no events, or may not be listened to, registers none', () => {
    const set = lab.nvml.eventSet()
    lab.fake.answer(0, 'nvmlDeviceGetSupportedEventTypes', 3)
    expect(set.register(lab.device)).toEqual([])
    lab.fake.answer(0, 'nvmlDeviceGetSupportedEventTypes', 0)
    lab.fake.answer(0, 'nvmlDeviceRegisterEvents', 4)
    expect(set.register(lab.device)).toEqual([])
    lab.fake.answer(0, 'nvmlDeviceRegisterEvents', 999)
    expect(caught(() => set.register(lab.device))).toMatchObject({ code: 'UNKNOWN', call: 'nvmlDeviceRegisterEvents' })
    set.free()
  })

  test('a set with a GPU that is lost tells what it heard before, and then that', () => {
    const set = lab.nvml.eventSet()
    set.register(lab.device)
    lab.fake.xid(0, 79)
    lab.fake.lose(0)
    expect(set.wait(0)).toMatchObject({ xid: 79 })
    expect(caught(() => set.wait(0))).toMatchObject({ code: 'GPU_IS_LOST', call: 'nvmlEventSetWait_v2' })
    set.free()
  })
})

describeWithFake(
  'an old driver',
  (lab) => {
    test('the types of event that it does not have are not asked for', () => {
      const set = lab.nvml.eventSet()
      expect(set.register(lab.device)).toEqual(['singleBitEcc', 'doubleBitEcc', 'xid'])
      set.free()
    })
  },
  'old',
)
