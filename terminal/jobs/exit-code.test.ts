import { expect, test } from 'vitest'
import { exitCodeOf } from './exit-code.ts'
import type { FollowedRun } from './follow-job.ts'

const RUN: FollowedRun = {
  id: '',
  attempt: 1,
  state: 'FAILED',
  exitCode: null,
  signal: null,
  outcome: 'EXITED',
  reason: null,
  gpus: [],
  worker: null,
}

test.each<[number, 'COMPLETED' | 'FAILED' | 'CANCELLED', Partial<FollowedRun> | null]>([
  [0, 'COMPLETED', { exitCode: 0 }],
  [7, 'FAILED', { exitCode: 7 }],
  [137, 'FAILED', { signal: 'SIGKILL' }],
  [124, 'FAILED', { outcome: 'TIMED_OUT', signal: 'SIGTERM' }],
  [124, 'FAILED', { outcome: 'IDLE', exitCode: 1 }],
  [127, 'FAILED', { outcome: 'NOT_STARTED' }],
  [137, 'FAILED', { outcome: 'OUT_OF_MEMORY' }],
  [1, 'FAILED', null],
  [130, 'CANCELLED', { signal: 'SIGTERM', outcome: 'CANCELLED' }],
  [130, 'CANCELLED', { exitCode: 3, outcome: 'CANCELLED' }],
  [130, 'CANCELLED', null],
])('it is %d for a job that is %s with %j', (code, state, run) => {
  expect(
    exitCodeOf({
      state,
      runs:
        run === null
          ? []
          : [
              { ...RUN, exitCode: 1 },
              { ...RUN, ...run, attempt: 2 },
            ],
    }),
  ).toBe(code)
})
