import { expect, test } from 'vitest'
import { NO_USE, type Share } from './fair-share.ts'
import { ANY_KEEPER, type QueuedLane } from './order.ts'
import { priorityFor } from './priority-for.ts'
import { MINUTES_A_POINT, type Waiting } from './requests.ts'

const POINT_MS = MINUTES_A_POINT * 60_000
const NONE = new Map<string, Share>()

let lanes = 0
const lane = (account: string, waiting: Waiting[]): QueuedLane => ({
  id: ++lanes,
  account,
  gpuCount: 1,
  gpuMinMemoryMb: 0,
  gpuModel: '',
  gpuMinCapability: 0,
  executor: 'process',
  workerLabels: {},
  waiting,
  more: false,
  blocked: false,
})
const job = (jobId: string, points: number, keptBy: string | null = null): Waiting => ({
  jobId,
  place: points * POINT_MS,
  limitMs: 1,
  keptBy,
})
const waiting = (id: string) => ({ id, priority: 0 })

test('a job goes before one of its lane by as many points as it came later, and no more', async () => {
  const queue = { lanes: [lane('one', [job('a', 0), job('b', 2), job('c', 5)])], shares: NONE }
  expect(await priorityFor(queue, waiting('c'), 'before', 'b')).toBe(4)
  expect(await priorityFor(queue, waiting('c'), 'before', 'a')).toBe(6)
  expect(await priorityFor(queue, waiting('a'), 'after', 'b')).toBe(-3)
})

test('a job that is there already keeps its priority', async () => {
  const queue = { lanes: [lane('one', [job('a', 0), job('b', 2)])], shares: NONE }
  expect(await priorityFor(queue, { id: 'a', priority: 7 }, 'before', 'b')).toBe(7)
  expect(await priorityFor(queue, { id: 'b', priority: 7 }, 'after', 'a')).toBe(7)
})

test('what its account has had of late has to be made up for', async () => {
  const shares = new Map([
    ['greedy', { ...NO_USE, usedSeconds: 100_000 }],
    ['patient', { ...NO_USE, usedSeconds: 100 }],
  ])
  const queue = { lanes: [lane('greedy', [job('late', 0)]), lane('patient', [job('early', 0)])], shares }
  // A day's waiting is 144 points of ten minutes.
  expect(await priorityFor(queue, waiting('late'), 'before', 'early')).toBeGreaterThan(144)
})

test('nothing goes before a job for which GPUs are kept, and nothing by more than priorities allow', async () => {
  const queue = { lanes: [lane('one', [job('kept', 0, ANY_KEEPER)]), lane('one', [job('b', 0)])], shares: NONE }
  expect(await priorityFor(queue, waiting('b'), 'before', 'kept')).toBeNull()
  const far = { lanes: [lane('one', [job('a', 0), job('b', 5000)])], shares: NONE }
  expect(await priorityFor(far, waiting('b'), 'before', 'a')).toBeNull()
  expect(await priorityFor(far, waiting('a'), 'after', 'b')).toBeNull()
})
