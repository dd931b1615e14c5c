import { describe, expect, it } from 'vitest'
import { actionsFor, consequence, type Target } from './actions.ts'
import { stateAfter } from './state-after.ts'

const cordon = (mode: 'CORDON' | 'DRAIN') => ({ mode, reason: 'new fan', by: 'olga', at: '2026-01-01T00:00:00Z' })

const gpu: Target = { kind: 'gpu', id: 'g', name: 'GPU 0 of node-a', cordon: null, openFaults: 0, runs: 0 }

describe('actionsFor', () => {
  it('offers what changes something', () => {
    expect(actionsFor(gpu)).toEqual(['drain', 'cordon'])
    expect(actionsFor({ ...gpu, cordon: cordon('DRAIN') })).toEqual(['cordon', 'return'])
    expect(actionsFor({ ...gpu, cordon: cordon('CORDON') })).toEqual(['return'])
  })

  it('offers to return what its health keeps out of service', () => {
    expect(actionsFor({ ...gpu, openFaults: 1 })).toContain('return')
  })
})

describe('consequence', () => {
  it('says what becomes of the present run', () => {
    expect(consequence('cordon', { ...gpu, runs: 1 })).toContain('Its present run goes on.')
    expect(consequence('drain', gpu)).toContain('It has no run at the moment. Then this GPU is cordoned')
  })

  it('does not forget the runs without GPUs of a worker', () => {
    const worker: Target = { ...gpu, kind: 'worker' }
    expect(consequence('drain', { ...worker, runs: 3 })).toContain(
      'Its 3 present runs may end. Runs without a GPU may end too.',
    )
    expect(consequence('cordon', worker)).toContain(
      'No run holds one of its GPUs at the moment. Runs without a GPU go on.',
    )
    expect(consequence('return', worker)).toContain('Cordons of single GPUs stay.')
  })

  it('says whose cordon and which faults a return ends', () => {
    const text = consequence('return', { ...gpu, cordon: cordon('CORDON'), openFaults: 2 })
    expect(text).toContain('the cordon “new fan” of olga and its 2 open faults')
  })
})

describe('stateAfter', () => {
  it('is cordoned at once, or after the present run', () => {
    expect(stateAfter('cordon', 'AVAILABLE', true)).toBe('CORDONED')
    expect(stateAfter('drain', 'AVAILABLE', true)).toBe('DRAINING')
    expect(stateAfter('drain', 'AVAILABLE', false)).toBe('CORDONED')
  })

  it('keeps what is worse than an operator’s word', () => {
    expect(stateAfter('cordon', 'UNHEALTHY', false)).toBe('UNHEALTHY')
    expect(stateAfter('return', 'MISSING', false)).toBe('MISSING')
  })

  it('is available after its return', () => {
    expect(stateAfter('return', 'CORDONED', false)).toBe('AVAILABLE')
    expect(stateAfter('return', 'UNHEALTHY', false)).toBe('AVAILABLE')
  })
})
