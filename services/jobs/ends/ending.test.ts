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

const rules = (exitCodes: number[] | null, backoffSeconds = 0, maxBackoffSeconds = 3600) => ({
  retry: { exitCodes, backoffSeconds, maxBackoffSeconds },
})

test.each<[string, Partial<Parameters<typeof verdict>[0]>, Ending, object]>([
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
  [
    'an exit code of the rules is tried again',
    { maxRetries: 1, ...rules([75]) },
    ending('EXITED', { exitCode: 75 }),
    { jobState: 'queued', retryAfterSeconds: null },
  ],
  [
    'an exit code that the rules leave out is not tried again, and the reason says so',
    { maxRetries: 9, ...rules([75]) },
    ending('EXITED', { exitCode: 2 }),
    { jobState: 'failed', reason: "Ended with exit code 2. This is not tried again, by the job's own rules." },
  ],
  [
    'a signal counts as 128 and its number',
    { maxRetries: 1, ...rules([139]) },
    ending('EXITED', { signal: 'SIGSEGV' }),
    { jobState: 'queued' },
  ],
  [
    'a signal without a number is no exit code',
    { maxRetries: 1, ...rules([128]) },
    ending('EXITED', { signal: 'SIGODD' }),
    { jobState: 'failed' },
  ],
  [
    'out of memory counts as exit code 137',
    { maxRetries: 1, ...rules([137]) },
    ending('OUT_OF_MEMORY', { exitCode: 1 }),
    { jobState: 'queued' },
  ],
  [
    'a time limit has no exit code of its own',
    { maxRetries: 1, ...rules([1]) },
    ending('TIMED_OUT'),
    { jobState: 'failed' },
  ],
  [
    'without rules for exit codes a time limit is tried again',
    { maxRetries: 1, ...rules(null, 5) },
    ending('TIMED_OUT'),
    { jobState: 'queued', retryAfterSeconds: 5 },
  ],
  [
    'the first retry waits as long as was asked for',
    { maxRetries: 2, ...rules(null, 30) },
    ending('EXITED', { exitCode: 1 }),
    { retryAfterSeconds: 30, reason: 'Ended with exit code 1. Tried again after 30 s: 2 attempts are left.' },
  ],
  [
    'each further one waits twice as long',
    { maxRetries: 9, failures: 3, ...rules(null, 30) },
    ending('EXITED', { exitCode: 1 }),
    { retryAfterSeconds: 240 },
  ],
  [
    'up to the most, however often it failed',
    { maxRetries: 100, failures: 99, ...rules(null, 30) },
    ending('EXITED', { exitCode: 1 }),
    { retryAfterSeconds: 3600 },
  ],
  [
    'what was lost waits for nothing, whatever the rules say',
    { maxRetries: 1, ...rules([75], 30) },
    ending('RELEASED'),
    { jobState: 'queued', usesRetry: false, retryAfterSeconds: null },
  ],
  [
    'what was preempted waits for nothing either',
    { maxRetries: 0, ...rules([75], 30) },
    ending('PREEMPTED'),
    { jobState: 'queued', runState: 'preempted', usesRetry: false, retryAfterSeconds: null },
  ],
  [
    'a failed GPU queues the job again, and uses up no retry',
    { before: ['EXITED', 'GPU_FAILED', 'GPU_FAILED', 'GPU_FAILED', 'GPU_FAILED'] },
    ending('GPU_FAILED', { reason: 'GPU-1: XID 79.' }),
    { jobState: 'queued', runState: 'lost', usesRetry: false, retryAfterSeconds: null, reason: 'GPU-1: XID 79.' },
  ],
  [
    'the fourth in a row does so too',
    { before: ['GPU_FAILED', 'GPU_FAILED', 'GPU_FAILED', null] },
    ending('GPU_FAILED'),
    { jobState: 'queued', event: 'job.requeued', reason: 'One of its GPUs failed.' },
  ],
  [
    'the fifth in a row fails the job, and says why',
    { maxRetries: 9, before: ['GPU_FAILED', 'GPU_FAILED', 'GPU_FAILED', 'GPU_FAILED'] },
    ending('GPU_FAILED', { reason: 'GPU-1: XID 79.' }),
    {
      jobState: 'failed',
      runState: 'lost',
      event: 'job.failed',
      reason:
        'GPU-1: XID 79. This was attempt 5 in a row whose GPU failed: it is not tried again, as the job may be the cause.',
    },
  ],
  [
    'the fifth in a row of a job to be cancelled ends it as that',
    { cancelRequested: true, before: ['GPU_FAILED', 'GPU_FAILED', 'GPU_FAILED', 'GPU_FAILED'] },
    ending('GPU_FAILED'),
    { jobState: 'cancelled', runState: 'lost' },
  ],
  [
    'GPUs that did nothing end a job that is to be cancelled as that',
    { cancelRequested: true },
    ending('IDLE'),
    { jobState: 'cancelled', runState: 'cancelled' },
  ],
  [
    'GPUs that did nothing fail the job, whatever retries are left',
    { maxRetries: 9 },
    ending('IDLE', { reason: 'Its GPUs did nothing for 60 s.' }),
    { jobState: 'failed', runState: 'failed', event: 'job.failed', reason: 'Its GPUs did nothing for 60 s.' },
  ],
])('%s', (_, changes, how, expected) => {
  expect(verdict({ ...job, ...changes }, how)).toMatchObject(expected)
})
