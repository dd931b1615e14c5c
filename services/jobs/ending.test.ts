import { expect, test } from 'vitest'
import { type Ending, verdict } from './ending.ts'

const job = { cancelRequested: false, failures: 0, maxRetries: 0, timeoutSeconds: 60 }
const ending = (outcome: Ending['outcome'], rest: Partial<Ending> = {}): Ending => ({
  outcome,
  exitCode: null,
  signal: null,
  reason: null,
  ...rest,
})

test.each<[string, Partial<typeof job>, Ending, object]>([
  [
    'exit code 0 completes',
    {},
    ending('EXITED', { exitCode: 0 }),
    { jobState: 'completed', runState: 'completed', usesRetry: false },
  ],
  [
    'another exit code fails',
    {},
    ending('EXITED', { exitCode: 2 }),
    { jobState: 'failed', reason: 'Ended with exit code 2.' },
  ],
  ['a signal fails', {}, ending('EXITED', { signal: 'SIGSEGV' }), { jobState: 'failed', reason: 'Ended by SIGSEGV.' }],
  [
    'a failure with a retry left waits again',
    { maxRetries: 1 },
    ending('EXITED', { exitCode: 2 }),
    { jobState: 'queued', runState: 'failed', usesRetry: true },
  ],
  ['the time limit fails', {}, ending('TIMED_OUT'), { jobState: 'failed', reason: 'Ended by its time limit of 60 s.' }],
  [
    'what cannot be started is not tried again',
    { maxRetries: 5 },
    ending('NOT_STARTED'),
    { jobState: 'failed', event: 'job.failed' },
  ],
  [
    'a cancelled job with retries left is not tried again',
    { maxRetries: 5, cancelRequested: true },
    ending('EXITED', { signal: 'SIGTERM' }),
    { jobState: 'cancelled' },
  ],
  [
    'a job that completed while it was being cancelled has completed',
    { cancelRequested: true },
    ending('EXITED', { exitCode: 0 }),
    { jobState: 'completed' },
  ],
  ['a lost run uses up no retry', {}, ending('RELEASED'), { jobState: 'queued', runState: 'lost', usesRetry: false }],
  [
    'a lost run of a job to be cancelled ends it',
    { cancelRequested: true },
    ending('RELEASED'),
    { jobState: 'cancelled', runState: 'lost' },
  ],
])('%s', (_, changes, how, expected) => {
  expect(verdict({ ...job, ...changes }, how)).toMatchObject(expected)
})
