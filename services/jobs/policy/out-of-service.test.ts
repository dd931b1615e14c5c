import { describe, expect, test } from 'vitest'
import { whyNotThere } from './fit-words.ts'
import { ALL_IN_SERVICE, type Machine, type Need, type OutOfService } from './machines.ts'
import { couldEver, whyNever } from './why-never.ts'

const need = (changes: Partial<Need> = {}): Need => ({
  gpuCount: 1,
  gpuMinMemoryMb: 0,
  gpuModel: '',
  gpuMinCapability: 0,
  executor: 'process',
  workerLabels: {},
  ...changes,
})
const a100 = { model: 'A100', memoryMb: 80_000, capability: 800 }
const out = (name: string, whyNot: string) => ({ ...a100, id: name, uuid: `GPU-${name}`, whyNot })
const busy = (id: string) => ({ ...a100, id, freeInMs: Infinity })
const machine = (workerId: string, away: Partial<OutOfService>, has: Partial<Machine> = {}): Machine => ({
  workerId,
  labels: {},
  executors: ['process'],
  gpus: [],
  slots: [],
  outOfService: { ...ALL_IN_SERVICE, ...away },
  ...has,
})
const broken = machine('w', { gpus: [out('1', 'XID 79: it has fallen off the bus.'), out('2', 'It is too hot')] })
const closed = machine('v', { whyNot: 'It is cordoned: New fans.', gpus: [out('3', 'x'), out('4', 'y')], slots: 2 })

describe('a job waits for what is out of service', () => {
  test('and is told how many GPUs and why; a worker that is out as a whole stands for its GPUs', () => {
    expect(whyNever(need(), [broken])).toEqual({
      reason: 'OUT_OF_SERVICE',
      message: '2 GPUs that would do are out of service: GPU-1: XID 79: it has fallen off the bus; GPU-2 is too hot.',
    })
    expect(whyNever(need({ gpuModel: 'a100', gpuCount: 2 }), [closed])?.message).toBe(
      '2 GPUs that would do are out of service: v is cordoned: New fans.',
    )
  })

  test('only where none in service would do', () => {
    expect(whyNever(need(), [broken, machine('u', {}, { gpus: [busy('5')] })])).toBeNull()
    expect(couldEver(need(), [broken])).toBe(true)
  })

  test('where with those that are in service there would be enough', () => {
    const half = machine('w', { gpus: [out('1', 'XID 79')] }, { gpus: [busy('2')] })
    expect(whyNever(need({ gpuCount: 2 }), [half])).toEqual({
      reason: 'OUT_OF_SERVICE',
      message: 'It needs 2 of one worker, and 1 GPU that would do is out of service: GPU-1: XID 79.',
    })
    expect(whyNever(need({ gpuCount: 3 }), [half])).toEqual({
      reason: 'NOT_ENOUGH_GPUS',
      message: 'It needs 3 GPUs of one worker, and no worker has more than 2.',
    })
    expect(couldEver(need({ gpuCount: 3 }), [half])).toBe(false)
  })

  test('but not for GPUs of another kind, which are counted as there', () => {
    expect(whyNever(need({ gpuModel: 'H100' }), [broken])).toEqual({
      reason: 'NO_SUCH_GPU',
      message: 'No worker has a GPU like “H100”; there are: A100 (2).',
    })
    expect(whyNever(need({ workerLabels: { zone: 'a' } }), [broken])?.reason).toBe('NO_SUCH_LABELS')
  })

  test('without a GPU for the slots of workers that are out of service', () => {
    expect(whyNever(need({ gpuCount: 0 }), [closed, broken])).toEqual({
      reason: 'OUT_OF_SERVICE',
      message: '1 worker that could run it is out of service: v is cordoned: New fans.',
    })
    expect(whyNever(need({ gpuCount: 0 }), [closed, machine('u', {}, { slots: [0] })])).toBeNull()
  })

  test('of many, the first few are named, and long words are cut', () => {
    const gpus = ['1', '2', '3', '4', '5'].map((name) => out(name, 'x'.repeat(1_000)))
    const message = whyNever(need(), [machine('w', { gpus })])?.message ?? ''
    expect(message).toMatch(/^5 GPUs that would do are out of service: GPU-1: x{299}…; .*; and 2 more\.$/)
  })
})

test('of one machine it is said what of it is out of service', () => {
  expect(whyNotThere(broken, need())).toMatch(/^2 GPUs that would do are out of service: GPU-1/)
  expect(whyNotThere(broken, need({ gpuCount: 3 }))).toBe('Only 2 of its GPUs would do.')
  expect(whyNotThere(broken, need({ gpuCount: 0 }))).toBe('It takes no jobs without a GPU.')
})
