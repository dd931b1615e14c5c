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

it('keeps kinds where they are when what is free changes', () => {
  const names = (...inUse: boolean[]) =>
    offersOf([gpu('A100', { inUse: inUse[0] }), gpu('H100', { inUse: inUse[1] })]).map(({ name }) => name)
  expect([names(false, true), names(true, false)]).toEqual([
    ['A100', 'H100'],
    ['A100', 'H100'],
  ])
})

it('says a model without its maker', () => {
  expect(shortModel('NVIDIA A100-SXM4-80GB')).toBe('A100-SXM4-80GB')
})
