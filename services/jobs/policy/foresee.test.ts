import { describe, expect, test } from 'vitest'
import { foresee, type Reservation } from './foresee.ts'
import { ALL_IN_SERVICE, type Machine } from './machines.ts'
import type { Place, QueuedLane } from './order.ts'
import { positionsOf } from './positions.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

const gpu = (id: string, freeInMs = 0, changes: { model?: string; memoryMb?: number } = {}) => ({
  id,
  model: 'A100',
  memoryMb: 80,
  capability: 800,
  freeInMs,
  ...changes,
})
const machine = (workerId: string, has: Partial<Machine>): Machine => ({
  workerId,
  labels: {},
  executors: ['process'],
  gpus: [],
  slots: [],
  outOfService: ALL_IN_SERVICE,
  ...has,
})
let lanes = 0
const lane = (gpuCount: number, changes: Partial<QueuedLane> = {}): QueuedLane => ({
  id: ++lanes,
  account: 'a',
  gpuCount,
  gpuMinMemoryMb: 0,
  gpuModel: '',
  gpuMinCapability: 0,
  executor: 'process',
  workerLabels: {},
  waiting: [],
  more: false,
  blocked: false,
  ...changes,
})
const place = (jobId: string, of: QueuedLane, limitMs = Infinity): Place => ({
  lane: of,
  job: { jobId, place: 0, limitMs, keptBy: null },
})

function starts(machines: Machine[], order: Place[], kept: [string, Reservation][] = []) {
  const found = foresee({ machines, order, reservations: new Map(kept), expect: (_, limitMs) => limitMs })
  return Object.fromEntries(found)
}

describe('when jobs start', () => {
  test('is now where a GPU is free, and then when the first of those that would do is', () => {
    const one = lane(1)
    const machines = [
      machine('w', { gpus: [gpu('1'), gpu('2', 9 * MINUTE)] }),
      machine('v', { gpus: [gpu('3', MINUTE)] }),
    ]
    const order = ['a', 'b', 'c', 'd'].map((id) => place(id, one, 5 * MINUTE))
    expect(starts(machines, order)).toEqual({ a: 0, b: MINUTE, c: 5 * MINUTE, d: 6 * MINUTE })
  })

  test('is for several GPUs when one machine has enough of them', () => {
    const machines = [
      machine('w', { gpus: [gpu('1'), gpu('2', 9 * MINUTE)] }),
      machine('v', { gpus: [gpu('3', MINUTE), gpu('4', 2 * MINUTE)] }),
    ]
    expect(starts(machines, [place('gang', lane(2))])).toEqual({ gang: 2 * MINUTE })
  })

  test('is never before that of an earlier job that needs the same, and at once elsewhere', () => {
    const machines = [machine('w', { gpus: [gpu('1'), gpu('2', MINUTE), gpu('3', 0, { model: 'L4' })] })]
    const order = [
      place('gang', lane(2, { gpuModel: 'a100' }), MINUTE),
      place('small', lane(1, { gpuModel: 'A100' })),
      place('other', lane(1)),
    ]
    expect(starts(machines, order)).toEqual({ gang: MINUTE, small: 2 * MINUTE, other: 0 })
  })

  test('is at once on GPUs that are kept for another, where the time limit ends it before', () => {
    const machines = [machine('w', { gpus: [gpu('1'), gpu('2', 10 * MINUTE)] })]
    const one = lane(1)
    const order = [
      place('gang', lane(2), MINUTE),
      place('long', one),
      place('short', one, 4 * MINUTE),
      place('short-too', one, 6 * MINUTE),
      place('not-any-more', one, 4 * MINUTE),
    ]
    const kept: [string, Reservation][] = [['gang', { workerId: 'w', readyInMs: 10 * MINUTE }]]
    expect(starts(machines, order, kept)).toMatchObject({
      gang: 10 * MINUTE,
      long: 11 * MINUTE,
      short: 0,
      'short-too': 4 * MINUTE,
      'not-any-more': 11 * MINUTE,
    })
  })

  test('is on the worker that keeps GPUs for it', () => {
    const machines = [
      machine('w', { gpus: [gpu('1', MINUTE), gpu('2', MINUTE)] }),
      machine('v', { gpus: [gpu('3', 5 * MINUTE), gpu('4')] }),
    ]
    const kept: [string, Reservation][] = [['gang', { workerId: 'v', readyInMs: Infinity }]]
    expect(starts(machines, [place('gang', lane(2))], kept)).toEqual({ gang: 5 * MINUTE })
  })

  test('is known to nobody after jobs of which none knows how long they take', () => {
    const machines = [machine('w', { gpus: [gpu('1', Infinity), gpu('2', MINUTE)], slots: [Infinity] })]
    const order = [place('a', lane(1)), place('b', lane(1)), place('c', lane(0))]
    expect(starts(machines, order)).toEqual({ a: MINUTE, b: Infinity, c: Infinity })
  })

  test('is for a job without a GPU when a slot of a machine that could run it is free', () => {
    const machines = [machine('w', { slots: [0, 3 * MINUTE] }), machine('v', { slots: [0], labels: { zone: 'b' } })]
    const anywhere = lane(0)
    const inB = lane(0, { workerLabels: { zone: 'b' } })
    const order = [place('a', anywhere, MINUTE), place('b', inB, 9 * MINUTE), place('c', inB), place('d', anywhere)]
    expect(starts(machines, order)).toEqual({ a: 0, b: 0, c: 9 * MINUTE, d: MINUTE })
  })

  test('is not looked for at the far end of a queue that is too long for it', () => {
    const machines = [machine('w', { gpus: Array.from({ length: 99 }, (_, i) => gpu(String(i), MINUTE)) })]
    const one = lane(1)
    const order = Array.from({ length: 1_001 }, (_, i) => place(String(i), one, MINUTE))
    expect(Object.keys(starts(machines, order))).toHaveLength(1_000)
  })
})

describe('positions', () => {
  test('count those before that could have one of the same GPUs, and no others', () => {
    const machines = [
      machine('w', { gpus: [gpu('1'), gpu('2', 0, { model: 'L4', memoryMb: 24 })] }),
      machine('v', { gpus: [gpu('3', 0, { model: 'L4', memoryMb: 24 })] }),
    ]
    const a100 = lane(1, { gpuModel: 'a100' })
    const l4 = lane(1, { gpuModel: 'l4' })
    const any = lane(1)
    const order = [place('a', a100), place('b', l4), place('c', l4), place('d', any), place('e', a100), place('f', l4)]
    expect(Object.fromEntries(positionsOf(order, machines))).toEqual({ a: 1, b: 1, c: 2, d: 4, e: 3, f: 4 })
  })
})
