import { describe, expect, test } from 'vitest'
import type { CordonMode, Health } from './entities.ts'
import { type Standing, stateOf, whyOutOfService } from './state.ts'

const FATAL: Standing = { kind: 'xid', severity: 'fatal', message: 'XID 79: it has fallen off the bus.' }
const DRAIN: Standing = { kind: 'remap-pending', severity: 'drain', message: 'A row is to be remapped.' }
const STRANGERS: Standing = { kind: 'strangers', severity: 'drain', message: 'Somebody uses it.' }

interface Situation {
  present?: boolean
  silentForMs?: number
  cordon?: CordonMode
  workerCordon?: CordonMode
  faults?: Standing[]
  isHeld?: boolean
}

function stateIn({ present = true, silentForMs = 0, cordon, workerCordon, faults = [], isHeld = false }: Situation) {
  const health: Health = faults.includes(FATAL) ? 'failed' : faults.length > 0 ? 'suspect' : 'healthy'
  return stateOf({
    gpu: { present, health, cordon: cordon ?? null, cordonReason: cordon ? 'Its fan is loud.' : null },
    worker: {
      lastSeenAt: new Date(Date.now() - silentForMs),
      cordon: workerCordon ?? null,
      cordonReason: workerCordon ? 'New disks.' : null,
    },
    faults,
    isHeld,
  })
}

describe('the state of a GPU', () => {
  test.each<[string, Situation, string | null]>([
    ['AVAILABLE', {}, null],
    ['AVAILABLE', { isHeld: true }, null],
    ['OCCUPIED', { faults: [STRANGERS] }, 'Somebody uses it.'],
    ['CORDONED', { workerCordon: 'cordon', faults: [STRANGERS] }, 'Its worker is cordoned: New disks.'],
    ['CORDONED', { cordon: 'cordon', workerCordon: 'cordon' }, 'It is cordoned: Its fan is loud.'],
    ['DRAINING', { cordon: 'cordon', workerCordon: 'drain' }, 'Its worker is draining: New disks.'],
    ['DRAINING', { cordon: 'drain', workerCordon: 'cordon' }, 'It is draining: Its fan is loud.'],
    ['DRAINING', { faults: [DRAIN], isHeld: true, cordon: 'cordon' }, 'A row is to be remapped.'],
    ['UNHEALTHY', { faults: [DRAIN], cordon: 'cordon' }, 'A row is to be remapped.'],
    ['UNHEALTHY', { faults: [FATAL, DRAIN, STRANGERS], isHeld: true }, `${FATAL.message} ${DRAIN.message}`],
  ])('is %s with %o', (state, situation, reason) => {
    expect(stateIn(situation)).toEqual({ state, reason })
  })

  test('is UNREACHABLE when its worker has been silent for 30 seconds, whatever was the matter', () => {
    expect(stateIn({ silentForMs: 29_000, faults: [FATAL] }).state).toBe('UNHEALTHY')
    const { state, reason } = stateIn({ silentForMs: 31_000, faults: [FATAL], cordon: 'cordon' })
    expect([state, reason]).toEqual([
      'UNREACHABLE',
      expect.stringMatching(/^Its worker has not been heard of since .+Z\.$/),
    ])
  })

  test('is MISSING before all', () => {
    expect(stateIn({ present: false, silentForMs: 31_000, faults: [FATAL], cordon: 'drain' })).toEqual({
      state: 'MISSING',
      reason: 'Its worker no longer finds it.',
    })
  })

  test('tells the three worst of many faults', () => {
    const faults = Array.from({ length: 5 }, (_, i) => ({ ...FATAL, message: `Fault ${i}.` }))
    expect(stateIn({ faults: [FATAL, ...faults] }).reason).toBe(`${FATAL.message} Fault 0. Fault 1. There are 3 more.`)
  })
})

describe('a GPU is out of service', () => {
  const gpu = { present: true, health: 'healthy', cordon: null, cordonReason: null } as const
  test.each([
    ['not where all is well', gpu, [], null],
    ['where it is missing', { ...gpu, present: false }, [], 'Its worker no longer finds it.'],
    ['where it failed', { ...gpu, health: 'failed' }, [FATAL], FATAL.message],
    ['where strangers use it', { ...gpu, health: 'suspect' }, [STRANGERS], STRANGERS.message],
    ['where it drains', { ...gpu, cordon: 'drain', cordonReason: 'Why.' }, [], 'It is draining: Why.'],
    ['where it is cordoned', { ...gpu, cordon: 'cordon', cordonReason: 'Why.' }, [], 'It is cordoned: Why.'],
  ] as const)('%s', (_, known, faults, reason) => {
    expect(whyOutOfService(known, faults)).toBe(reason)
  })
})
