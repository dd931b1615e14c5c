import { expect, test } from 'vitest'
import { choosePreemptions, type Holder, type Host, type Urgent } from './preempt.ts'

const holder = (jobId: string, priority: number, claimedAt = 0): Holder => ({ jobId, priority, claimedAt })
const host = (workerId: string, holders: (Holder | 'free' | 'held')[]): Host => ({
  workerId,
  gpus: holders.map((each, i) => ({
    id: `${workerId}-${i}`,
    model: 'A100',
    memoryMb: 80,
    capability: 800,
    free: each === 'free',
    holder: typeof each === 'string' ? null : each,
  })),
})
const urgent = (jobId: string, gpuCount: number, priority = 10, changes: Partial<Urgent> = {}): Urgent => ({
  jobId,
  priority,
  gpuCount,
  gpuMinMemoryMb: 0,
  gpuModel: '',
  gpuMinCapability: 0,
  mayRunOn: () => true,
  ...changes,
})

test('the run of lowest priority makes room, and of equals the youngest', () => {
  const hosts = [host('w', [holder('middle', 5), holder('low-old', 1, 1), holder('low-young', 1, 2)])]
  expect(choosePreemptions([urgent('u', 1)], hosts)).toEqual([{ jobId: 'u', workerId: 'w', victims: ['low-young'] }])
})

test('as few runs as will do make room, on the worker where that is fewest', () => {
  const gang = holder('gang', 1)
  const hosts = [host('singles', [holder('a', 0), holder('b', 0)]), host('one', [gang, gang])]
  expect(choosePreemptions([urgent('u', 2)], hosts)).toEqual([{ jobId: 'u', workerId: 'one', victims: ['gang'] }])
})

test('free GPUs count, and where they are enough nobody makes room', () => {
  const hosts = [host('w', ['free', holder('a', 0), holder('b', 0)])]
  expect(choosePreemptions([urgent('u', 2)], hosts)).toMatchObject([{ victims: ['a'] }])
  expect(choosePreemptions([urgent('u', 1)], hosts)).toEqual([])
})

test('no run makes room for a job of its own priority, nor where it would not be enough', () => {
  expect(choosePreemptions([urgent('u', 1)], [host('w', [holder('same', 10)])])).toEqual([])
  expect(choosePreemptions([urgent('u', 2)], [host('w', [holder('low', 0), 'held'])])).toEqual([])
  expect(choosePreemptions([urgent('u', 1, 10, { gpuModel: 'H100' })], [host('w', [holder('low', 0)])])).toEqual([])
})

test('a worker makes room for one job at a time, and for none that it could not run', () => {
  const hosts = [host('w', [holder('a', 0), holder('b', 0)])]
  expect(choosePreemptions([urgent('first', 1), urgent('second', 1)], hosts).map(({ jobId }) => jobId)).toEqual([
    'first',
  ])
  expect(choosePreemptions([urgent('u', 1, 10, { mayRunOn: () => false })], hosts)).toEqual([])
})
