import { describe, expect, test } from 'vitest'
import { type Standing, type Waiter, whyNotYet, whyWaiting } from './explain.ts'
import { NO_USE } from './fair-share.ts'
import { ALL_IN_SERVICE, type Machine, type Need } from './machines.ts'

const NOW = new Date('2026-01-31T12:00:00.000Z')
const need = (changes: Partial<Need> = {}): Need => ({
  gpuCount: 1,
  gpuMinMemoryMb: 0,
  gpuModel: '',
  gpuMinCapability: 0,
  executor: 'process',
  workerLabels: {},
  ...changes,
})
const gpu = (id: string, freeInMs = Infinity) => ({ id, model: 'A100', memoryMb: 80_000, capability: 800, freeInMs })
const machine = (workerId: string, has: Partial<Machine> = {}): Machine => ({
  workerId,
  labels: {},
  executors: ['process'],
  gpus: [gpu(`${workerId}-1`), gpu(`${workerId}-2`, 0)],
  slots: [],
  outOfService: ALL_IN_SERVICE,
  ...has,
})
const waiter = (changes: Partial<Waiter> = {}): Waiter => ({
  account: 'team-a',
  need: need(),
  waitingOn: 0,
  waitsFor: [],
  notBefore: null,
  endingForIt: 0,
  ...changes,
})
const standing = (changes: Partial<Standing> = {}): Standing => ({
  machines: [machine('w')],
  share: NO_USE,
  withinLimits: true,
  kept: null,
  keptForOthers: new Map(),
  position: 1,
  startInMs: Infinity,
  ...changes,
})
const why = (of: Partial<Waiter>, at: Partial<Standing>) => whyWaiting(waiter(of), standing(at), NOW)

describe('a time of start', () => {
  test('is told to the second, and not where nobody knows it', () => {
    expect(why({}, { startInMs: 61_001 }).eta).toEqual(new Date('2026-01-31T12:01:02.000Z'))
    expect(why({}, {}).eta).toBeNull()
    expect(why({ endingForIt: 1 }, { startInMs: 5_000 })).toMatchObject({ reason: 'PREEMPTING', eta: null })
  })
})

describe('a reason', () => {
  test('is that it starts only where all that it needs is free', () => {
    expect(why({}, { startInMs: 0, position: 3 })).toMatchObject({ reason: 'STARTING', position: 3 })
  })

  test('says of GPUs that are kept for another with what time limit it could have one', () => {
    const kept = (untilMs: number) => why({}, { keptForOthers: new Map([['w', untilMs]]), position: 2 })
    expect(kept(90_500).message).toMatch(/ With a time limit of up to 90 s it could start before that one\.$/)
    expect(kept(Infinity).message).toMatch(/ With a time limit it could start before that one\.$/)
    expect(kept(0)).toMatchObject({ reason: 'RESERVED_FOR_OTHERS', message: expect.stringMatching(/before it\.$/) })
    expect(
      why({ need: need({ gpuCount: 2 }) }, { keptForOthers: new Map([['w', 90_500]]), position: 2 }),
    ).toMatchObject({
      reason: 'BEHIND_OTHERS',
    })
  })

  test('counts those before it, and beyond ten thousand no more', () => {
    expect(why({}, { position: 2 }).message).toBe('1 job goes before it.')
    expect(why({}, { position: 9_999 }).message).toBe('9998 jobs go before it.')
    expect(why({}, { position: 10_001 })).toMatchObject({
      position: 10_000,
      message: '10000 jobs or more go before it.',
    })
  })

  test('says how many of the GPUs that are kept for it are free', () => {
    const gathering = (gpus: Machine['gpus'], gpuCount: number) =>
      why(
        { need: need({ gpuCount }) },
        { machines: [machine('w', { gpus }), machine('v')], kept: { workerId: 'w', readyInMs: 9 } },
      ).message
    expect(gathering([gpu('1', 0), gpu('2')], 2)).toBe('GPUs of w are kept for it: 1 of 2 is free.')
    expect(gathering([gpu('1'), gpu('2')], 2)).toBe('GPUs of w are kept for it: 0 of 2 are free.')
  })

  test('is for a job without a GPU that the slots are in use', () => {
    const machines = [machine('w', { slots: [Infinity, 5] }), machine('v', { slots: [7] }), machine('u')]
    expect(why({ need: need({ gpuCount: 0 }) }, { machines }).message).toBe(
      'All 3 slots for jobs without a GPU are in use.',
    )
    expect(why({ need: need({ gpuCount: 0 }) }, {})).toMatchObject({
      reason: 'NO_WORKER',
      message: 'No worker takes jobs without a GPU.',
    })
  })

  test('names of what a GPU must be like the part that none is like', () => {
    const asked = (changes: Partial<Need>) => why({ need: need(changes) }, {}).message
    expect(asked({ gpuModel: 'h100', gpuMinMemoryMb: 1 })).toBe('No worker has a GPU like “h100”; there are: A100 (2).')
    expect(asked({ gpuModel: 'a100', gpuMinMemoryMb: 99_000, gpuMinCapability: 900 })).toBe(
      'No worker has a GPU like “a100” with at least 99000 MB of compute capability 9.0 or more; there are: A100 (2).',
    )
    const containers = need({ executor: 'docker', workerLabels: { zone: 'a' }, gpuMinCapability: 1_201 })
    const able = machine('w', { executors: ['docker'], labels: { zone: 'a' }, gpus: [] })
    expect(why({ need: containers }, { machines: [able, machine('v')] }).message).toBe(
      'No worker with those labels that can run containers has a GPU of compute capability 12.1 or more; there are none.',
    )
  })
})

describe('a job that is not to be considered yet', () => {
  const named = (name: string) => ({ id: `id-${name}`, name, state: 'running' })

  test('names the jobs that it waits for as far as it may', () => {
    const message = (waitingOn: number, names: string[]) =>
      whyNotYet(waiter({ waitingOn, waitsFor: names.map(named) }))?.message
    expect(message(1, ['a'])).toBe('Waits for job a (id-a), which is running.')
    expect(message(2, ['a'])).toBe('Waits for job a (id-a), which is running, and for one more.')
    expect(message(1, [])).toBe('Waits for a job.')
    expect(message(7, [])).toBe('Waits for 7 jobs.')
    expect(message(7, ['a', 'b', 'c', 'd'])).toMatch(/job c \(id-c\), which is running, and for 4 more\.$/)
  })

  test('is null for one that is', () => {
    expect(whyNotYet(waiter())).toBeNull()
  })
})
