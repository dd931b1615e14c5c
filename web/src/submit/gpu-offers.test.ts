import { expect, it } from 'vitest'
import { offersOf, shortModel } from './gpu-offers.ts'

const gpu = (name: string, part: object = {}) => ({
  id: name,
  name,
  totalMemoryMb: 81_920,
  state: 'AVAILABLE' as const,
  inUse: false,
  ...part,
})

it('adds up what is alike, and counts as free what no run holds and nobody occupies', () => {
  const gpus = [gpu('A100'), gpu('A100', { inUse: true }), gpu('A100', { state: 'OCCUPIED', inUse: true }), gpu('H100')]
  expect(offersOf(gpus)).toEqual([
    { name: 'A100', memoryMb: 81_920, all: 3, free: 1 },
    { name: 'H100', memoryMb: 81_920, all: 1, free: 1 },
  ])
})

it('tells memories apart and leaves out what is out of service', () => {
  const gpus = [gpu('A100', { totalMemoryMb: 40_960 }), gpu('A100'), gpu('V100', { state: 'CORDONED' })]
  expect(offersOf(gpus).map(({ name, memoryMb }) => [name, memoryMb])).toEqual([
    ['A100', 40_960],
    ['A100', 81_920],
  ])
})

it('says a model without its maker', () => {
  expect(shortModel('NVIDIA A100-SXM4-80GB')).toBe('A100-SXM4-80GB')
})
