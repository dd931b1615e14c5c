import { describe, expect, test } from 'vitest'
import { chooseForGpus, chooseForSlots } from './choose.ts'
import { NO_USE, type Share } from './fair-share.ts'
import type { Lane, Placement, Waiting, WorkerGpu } from './requests.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const gpu = (id: string, changes: Partial<WorkerGpu> = {}): WorkerGpu => ({
  id,
  model: 'A100',
  memoryMb: 80,
  capability: 800,
  freeInMs: 0,
  ...changes,
})
const job = (jobId: string, changes: Partial<Waiting> = {}): Waiting => ({
  jobId,
  place: 0,
  limitMs: Infinity,
  keptBy: null,
  ...changes,
})
let lanes = 0
const lane = (gpuCount: number, waiting: Waiting[], changes: Partial<Lane> = {}): Lane => ({
  id: ++lanes,
  account: 'a',
  gpuCount,
  gpuMinMemoryMb: 0,
  gpuModel: '',
  gpuMinCapability: 0,
  waiting,
  ...changes,
})
const share = (changes: Partial<Share>): Share => ({ ...NO_USE, ...changes })
const on = (lanes: Lane[], gpus: WorkerGpu[], shares = new Map<string, Share>()) =>
  chooseForGpus({ workerId: 'w', lanes, shares }, gpus)
const ids = (placements: readonly Placement<WorkerGpu>[]) =>
  placements.map(({ jobId, gpus }) => [jobId, ...gpus.map((each) => each.id)])
const names = (placements: readonly Placement<unknown>[]) => placements.map(({ jobId }) => jobId)
const many = (prefix: string, count: number, place = 0) =>
  Array.from({ length: count }, (_, i) => job(`${prefix}${i}`, { place: place + i }))

describe('placing jobs on GPUs', () => {
  test('gives the smallest GPUs that will do', () => {
    const gpus = [gpu('large', { memoryMb: 80 }), gpu('small', { memoryMb: 24 }), gpu('middle', { memoryMb: 40 })]
    const waiting = [lane(1, [job('x')]), lane(1, [job('y', { place: 1 })], { gpuMinMemoryMb: 30 })]
    expect(ids(on(waiting, gpus).placements)).toEqual([
      ['x', 'small'],
      ['y', 'middle'],
    ])
  })

  test('knows the model by a part of its name in any case, and the least compute capability', () => {
    const gpus = [gpu('h', { model: 'NVIDIA H100 PCIe', capability: 900 }), gpu('a', { model: 'NVIDIA A100-SXM4' })]
    const waiting = [
      lane(1, [job('wants-a100')], { gpuModel: 'a100' }),
      lane(1, [job('wants-9.0', { place: 1 })], { gpuMinCapability: 900 }),
      lane(1, [job('wants-10.0', { place: -1 })], { gpuMinCapability: 1000 }),
    ]
    expect(ids(on(waiting, gpus).placements)).toEqual([
      ['wants-a100', 'a'],
      ['wants-9.0', 'h'],
    ])
  })

  test('goes on past a job that this worker could never serve', () => {
    const waiting = [lane(3, [job('too-many')]), lane(1, many('small', 3, 1))]
    const { placements, kept } = on(waiting, [gpu('1'), gpu('2')])
    expect(names(placements)).toEqual(['small0', 'small1'])
    expect(kept).toBeNull()
  })
})

describe('a job that needs several GPUs', () => {
  const busy = [gpu('1'), gpu('2', { freeInMs: HOUR_MS })]

  test('has them kept, so that small jobs do not take them one by one for ever', () => {
    const { placements, kept } = on([lane(2, [job('gang')]), lane(1, many('small', 5, 1))], busy)
    expect(placements).toEqual([])
    expect(kept).toEqual({ jobId: 'gang', gpuIds: new Set(['1', '2']), inMs: HOUR_MS })
  })

  test('is waited for by jobs whose time limit ends them before, and by no others', () => {
    const small = [
      job('long', { place: 1, limitMs: HOUR_MS + 1 }),
      job('short', { place: 2, limitMs: HOUR_MS }),
      job('short-too', { place: 3, limitMs: MINUTE_MS }),
    ]
    expect(ids(on([lane(2, [job('gang')]), lane(1, small)], busy).placements)).toEqual([['short', '1']])
  })

  test('leaves free what it does not need', () => {
    const gpus = [gpu('1'), gpu('2', { freeInMs: HOUR_MS }), gpu('3'), gpu('4')]
    const { placements, kept } = on(
      [lane(2, [job('gang')], { gpuMinMemoryMb: 80 }), lane(1, many('small', 5, 1))],
      [gpu('0', { memoryMb: 24 }), ...gpus.slice(0, 2)],
    )
    expect(ids(placements)).toEqual([['small0', '0']])
    expect(kept?.jobId).toBe('gang')
  })

  test('has nothing kept where another worker keeps GPUs for it', () => {
    const waiting = [lane(2, [job('gang', { keptBy: 'other' })]), lane(1, many('small', 2, 1))]
    const { placements, kept } = on(waiting, busy)
    expect(names(placements)).toEqual(['small0'])
    expect(kept).toBeNull()
  })

  test('goes first where its GPUs are kept, once there are enough', () => {
    const waiting = [lane(1, many('small', 2, -HOUR_MS)), lane(2, [job('gang', { keptBy: 'w' })])]
    const { placements, kept } = on(waiting, [gpu('1'), gpu('2')])
    expect(names(placements)).toEqual(['gang'])
    expect(kept).toBeNull()
  })

  test('that comes after jobs that are served has their GPUs counted as taken', () => {
    const waiting = [lane(1, [job('first', { limitMs: HOUR_MS })]), lane(2, [job('gang', { place: 1 })])]
    const { placements, kept } = on(waiting, [gpu('1'), gpu('2')])
    expect(names(placements)).toEqual(['first'])
    expect(kept).toMatchObject({ jobId: 'gang', inMs: Infinity })
  })
})

describe('sharing between accounts', () => {
  const of = (account: string, count: number, place = 0) => lane(0, many(account, count, place), { account })
  const slots = (lanes: Lane[], shares: Map<string, Share>, count: number) =>
    chooseForSlots({ workerId: 'w', lanes, shares }, count).map(({ account }) => account)
  const countOf = (accounts: string[], account: string) => accounts.filter((each) => each === account).length

  test('takes turns, although all jobs of one came before those of the other', () => {
    const served = slots([of('a', 50), of('b', 50, MINUTE_MS)], new Map(), 20)
    expect([countOf(served, 'a'), countOf(served, 'b')]).toEqual([10, 10])
  })

  test('gives three times as much for three times the weight', () => {
    const shares = new Map([
      ['a', share({ weight: 1 })],
      ['b', share({ weight: 3 })],
    ])
    const served = slots([of('a', 100), of('b', 100)], shares, 80)
    expect(countOf(served, 'b') / countOf(served, 'a')).toBeCloseTo(3, 0)
  })

  test('lets an account catch up that has had nothing of late', () => {
    const shares = new Map([['a', share({ usedSeconds: 50_000 })]])
    expect(new Set(slots([of('a', 50), of('b', 50, HOUR_MS)], shares, 20))).toEqual(new Set(['b']))
  })

  test('lets no job wait for ever: an old one of an account that has had all goes first in the end', () => {
    const shares = new Map([['a', share({ usedSeconds: 1e9 })]])
    expect(slots([of('a', 1, -10 * 24 * HOUR_MS), of('b', 50)], shares, 1)).toEqual(['a'])
  })

  test('holds every account to its limits of GPUs and runs', () => {
    const shares = new Map([
      ['a', share({ held: 2, maxGpus: 4 })],
      ['b', share({ runs: 5, maxRuns: 6 })],
    ])
    const waiting = [lane(1, many('a', 9)), lane(1, many('b', 9), { account: 'b' })]
    const { placements } = on(
      waiting,
      Array.from({ length: 8 }, (_, i) => gpu(String(i))),
      shares,
    )
    const accounts = placements.map(({ account }) => account)
    expect([countOf(accounts, 'a'), countOf(accounts, 'b')]).toEqual([2, 1])
  })
})
