import { describe, expect, test } from 'vitest'
import { type Candidate, place } from './policy.ts'

const gpu = (id: string, memoryMb: number, model = 'A100') => ({ id, memoryMb, model })
const job = (id: string, gpuCount: number, rest: Partial<Candidate> = {}): Candidate => ({
  id,
  gpuCount,
  gpuMinMemoryMb: 0,
  gpuModel: '',
  ...rest,
})
const ids = (placements: ReturnType<typeof place>) =>
  placements.map(({ jobId, gpus }) => [jobId, ...gpus.map((each) => each.id)])

describe('placing jobs on GPUs', () => {
  test('gives the smallest GPUs that will do', () => {
    const gpus = [gpu('large', 80), gpu('small', 24), gpu('middle', 40)]
    expect(ids(place([job('a', 1), job('b', 1, { gpuMinMemoryMb: 30 })], gpus))).toEqual([
      ['a', 'small'],
      ['b', 'middle'],
    ])
  })

  test('gives no GPU twice, and goes on past a job that does not fit', () => {
    const gpus = [gpu('x', 80), gpu('y', 80)]
    expect(ids(place([job('a', 1), job('b', 2), job('c', 1), job('d', 1), job('e', 0)], gpus))).toEqual([
      ['a', 'x'],
      ['c', 'y'],
      ['e'],
    ])
  })

  test('knows the model by a part of its name, in any case', () => {
    const gpus = [gpu('x', 80, 'NVIDIA H100 PCIe'), gpu('y', 80, 'NVIDIA A100-SXM4-80GB')]
    expect(ids(place([job('a', 1, { gpuModel: 'a100' })], gpus))).toEqual([['a', 'y']])
  })
})
