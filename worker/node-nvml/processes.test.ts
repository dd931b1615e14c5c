import { expect, test } from 'vitest'
import { describeWithFake } from './testing.ts'

describeWithFake('the processes on a GPU', (lab) => {
  test('kinds are told apart, and memory or an instance that is not known is null', () => {
    lab.fake.process(0, { pid: 41, memoryMiB: 70_000 })
    lab.fake.process(0, { pid: 42, memoryMiB: null, gpuInstanceId: 7, computeInstanceId: 1 })
    lab.fake.process(0, { pid: 43, memoryMiB: 1, kind: 'graphics' })
    lab.fake.process(0, { pid: 44, memoryMiB: 2, kind: 'mps' })
    expect(lab.device.processes('compute')).toEqual([
      { pid: 41, memoryBytes: 70_000 * 2 ** 20, gpuInstanceId: null, computeInstanceId: null },
      { pid: 42, memoryBytes: null, gpuInstanceId: 7, computeInstanceId: 1 },
    ])
    expect(lab.device.processes('graphics')).toMatchObject([{ pid: 43 }])
    expect(lab.device.processes('mps')).toMatchObject([{ pid: 44 }])
    lab.fake.endProcess(0, 41)
    expect(lab.device.processes('compute')).toMatchObject([{ pid: 42 }])
    expect(lab.nvml.device(1).processes('compute')).toEqual([])
  })

  test('more of them than the first buffer has room for are all read', () => {
    const pids = Array.from({ length: 60 }, (_, index) => 1_000 + index)
    for (const pid of pids) lab.fake.process(0, { pid, memoryMiB: pid })
    expect(lab.device.processes('compute')?.map(({ pid }) => pid)).toEqual(pids)
  })
})

describeWithFake(
  'a driver that writes wider entries through the same call',
  (lab) => {
    test.each([1, 2, 60])('%i processes are read from where they are', (count) => {
      const pids = Array.from({ length: count }, (_, index) => 1_000 + index)
      for (const pid of pids)
        lab.fake.process(0, { pid, memoryMiB: pid, gpuInstanceId: pid, computeInstanceId: pid + 1 })
      expect(lab.device.processes('compute')).toEqual(
        pids.map((pid) => ({
          pid,
          memoryBytes: pid * 2 ** 20,
          gpuInstanceId: pid,
          computeInstanceId: pid + 1,
        })),
      )
    })
  },
  'wide',
)
