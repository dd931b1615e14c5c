import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import type { Execution } from '../executors/execution.ts'
import { createDying, type Ending } from './dying.ts'

const execution: Execution = {
  place: { pid: 1 },
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  exited: new Promise(() => {}),
  living: () => 0,
  warn: () => false,
  terminate: () => undefined,
  kill: async () => undefined,
}
const ending = (outcome: Ending['outcome'], killAt = 1_000): Ending => ({
  outcome,
  sentence: outcome,
  termAt: 0,
  killAt,
})

test('the first reason to end stays, but a run that makes room may be cancelled, or lose its GPU', () => {
  const kept = (first: Ending['outcome'], second: Ending['outcome']) => {
    const dying = createDying(execution)
    dying.begin(ending(first))
    dying.begin(ending(second))
    return dying.reason()?.outcome
  }
  expect(kept('PREEMPTED', 'CANCELLED')).toBe('CANCELLED')
  expect(kept('PREEMPTED', 'GPU_FAILED')).toBe('GPU_FAILED')
  expect(kept('PREEMPTED', 'IDLE')).toBe('PREEMPTED')
  expect(kept('GPU_FAILED', 'CANCELLED')).toBe('GPU_FAILED')
  expect(kept('IDLE', 'RELEASED')).toBe('IDLE')
})

test('a further reason can only hurry it', () => {
  const dying = createDying(execution)
  dying.begin(ending('CANCELLED', 1_000))
  dying.begin(ending('GPU_FAILED', 500))
  dying.begin(ending('RELEASED', 2_000))
  expect(dying.instants()).toEqual([0, 500])
})
