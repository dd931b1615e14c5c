import { expect, test } from 'vitest'
import { FIELD } from './nvml.ts'
import { describeWithFake } from './testing.ts'

describeWithFake('what tells a sick GPU', (lab) => {
  test('temperatures at which it slows down and turns itself off are told apart', () => {
    expect(lab.device.temperatureThresholdC('slowdown')).toBe(89)
    expect(lab.device.temperatureThresholdC('shutdown')).toBe(92)
  })

  test('errors of memory are counted by kind, time and place', () => {
    lab.fake.set(0, 'ecc-single', 5)
    lab.fake.set(0, 'ecc-double', 6_000_000_000)
    lab.fake.set(0, 'ecc-double-ever', 7_000_000_000)
    expect(lab.device.eccErrors('corrected', 'volatile')).toBe(5)
    expect(lab.device.eccErrors('uncorrected', 'volatile')).toBe(6_000_000_000)
    expect(lab.device.eccErrors('uncorrected', 'aggregate')).toBe(7_000_000_000)
    expect(lab.device.eccErrorsIn('deviceMemory', 'uncorrected', 'volatile')).toBe(6_000_000_000)
    expect(lab.device.eccErrorsIn('sram', 'uncorrected', 'volatile')).toBe(0)
  })

  test('remapped rows and retired pages are read from their places', () => {
    lab.fake.set(0, 'remap-correctable', 1)
    lab.fake.set(0, 'remap-uncorrectable', 2)
    lab.fake.set(0, 'remap-pending', 1)
    expect(lab.device.remappedRows()).toEqual({ correctable: 1, uncorrectable: 2, pending: true, failed: false })
    lab.fake.set(0, 'remap-pending', 0)
    lab.fake.set(0, 'remap-failure', 1)
    expect(lab.device.remappedRows()).toEqual({ correctable: 1, uncorrectable: 2, pending: false, failed: true })
    expect(lab.device.retiredPagesPending()).toBe(false)
    lab.fake.set(0, 'retired-pending', 1)
    expect(lab.device.retiredPagesPending()).toBe(true)
  })

  test('each recovery action has its name, and a newer one is unknown', () => {
    const names = Array.from({ length: 6 }, (_, action) => {
      lab.fake.set(0, 'recovery-action', action)
      return lab.device.recoveryAction()
    })
    expect(names).toEqual(['none', 'reset', 'reboot', 'drainP2p', 'drainAndReset', 'unknown'])
  })

  test('fields are read several at once, by the type of each value', () => {
    const read = lab.device.fieldValues([1000, 1001, 1002, { id: 1003, scope: 7 }, 1004, 1005, 1006])
    expect(read.map(({ id, value }) => [id, value])).toEqual([
      [1000, -12.5],
      [1001, 4_000_000_001],
      [1002, 5_000_000_002],
      [1003, 6_000_000_010],
      [1004, -7_000_000_004],
      [1005, -5],
      [1006, 6],
    ])
    expect(read[0]?.latencyUs).toBe(3)
    expect(Math.abs((read[0]?.atUs ?? 0) / 1_000 - Date.now())).toBeLessThan(60_000)
  })

  test('a field that is not offered says so for itself alone', () => {
    lab.fake.set(0, 'ecc-double', 3)
    const [ecc, unknown, pending] = lab.device.fieldValues([FIELD.doubleBitEccVolatile, 5_000, FIELD.remapPending])
    expect(ecc).toMatchObject({ value: 3, code: 0 })
    expect(unknown).toMatchObject({ id: 5_000, value: null, code: 3 })
    expect(pending).toMatchObject({ value: 0, code: 0 })
    lab.fake.answer(0, 'nvmlDeviceGetFieldValues', 3)
    expect(lab.device.fieldValues([FIELD.totalEnergy])).toMatchObject([{ value: null, code: 3 }])
  })
})
