import { expect, it } from 'vitest'
import type { GpuState } from '../generated/documents.ts'
import { countGpus, placeFromAddress, placeOf, sliceGroups } from './standing.ts'

const gpu = (state: GpuState, busy = false) => ({ state, inUse: busy })

it('calls a GPU free, busy, or out of service, which it is also while its last run ends', () => {
  expect(placeOf(gpu('AVAILABLE'))).toBe('free')
  expect(placeOf(gpu('AVAILABLE', true))).toBe('busy')
  expect(placeOf(gpu('DRAINING', true))).toBe('out')
  expect(placeOf(gpu('OCCUPIED'))).toBe('out')
})

it('counts them, and those out of service by their state, the worst first', () => {
  const gpus = [gpu('AVAILABLE'), gpu('AVAILABLE', true), gpu('CORDONED'), gpu('MISSING'), gpu('CORDONED')]
  expect(countGpus(gpus)).toEqual({
    all: 5,
    free: 1,
    busy: 1,
    out: 3,
    states: [
      ['MISSING', 1],
      ['CORDONED', 2],
    ],
  })
})

it('shows all GPUs where the address names no place that there is', () => {
  expect(placeFromAddress('out')).toBe('out')
  expect(placeFromAddress('everywhere')).toBeUndefined()
  expect(placeFromAddress(undefined)).toBeUndefined()
})

it('puts the slices of a GPU together, and leaves whole GPUs out', () => {
  const slice = (id: string, parentUuid: string) => ({
    id,
    mig: { parentUuid, gpuInstance: 1, computeInstance: 0 },
  })
  expect(sliceGroups([slice('a', 'x'), { id: 'b', mig: null }, slice('c', 'y'), slice('d', 'x')])).toEqual([
    { parentUuid: 'x', ids: ['a', 'd'] },
    { parentUuid: 'y', ids: ['c'] },
  ])
})
