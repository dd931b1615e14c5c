// What an ended run means for its job. A pure decision: finish.ts and reap.ts apply it.
import { constants } from 'node:os'
import type { JobEventType } from '@constellation/platform/events/job-event.ts'
import type { JobParams } from '../entities.ts'
import type { RunOutcome } from '../generated/resolvers.ts'
import type { JobState, RunState } from '../state.ts'

/** How a run ended, as its worker says; `RELEASED` also stands for a worker that went away. */
export interface Ending {
  outcome: RunOutcome
  exitCode: number | null
  signal: string | null
  reason: string | null
}

export interface Verdict {
  runState: RunState
  jobState: JobState
  event: JobEventType
  reason: string | null
  /** True where the attempt failed by itself, which is what retries are for. */
  usesRetry: boolean
  /** How long the next attempt waits; null where none follows, or at once. */
  retryAfterSeconds: number | null
}

/** What of a job decides what becomes of it. */
interface Tried {
  cancelRequested: boolean
  /** Attempts that failed by themselves, before this one. */
  failures: number
  maxRetries: number
  timeoutSeconds?: number | null | undefined
  retry?: JobParams['retry'] | null
  /** How its attempts before this one ended, the last one first: the last few, where this one's GPU failed. */
  before?: readonly (RunOutcome | null)[]
}

/** So many attempts in a row whose GPU failed are no accident: the job is not tried again. */
export const MOST_GPU_FAILURES = 5

/** What becomes of the run, and of the job it was an attempt at. */
export function verdict(job: Tried, ending: Ending): Verdict {
  switch (ending.outcome) {
    case 'EXITED':
      if (ending.exitCode === 0) return ended('completed', ending.reason)
      return failed(job, ending, ending.reason ?? saying(ending))
    case 'TIMED_OUT':
      return failed(job, ending, ending.reason ?? `Ended by its time limit of ${job.timeoutSeconds} s.`)
    case 'OUT_OF_MEMORY':
      return failed(job, ending, ending.reason ?? 'Ended because it used more memory than it may.')
    case 'NOT_STARTED':
      // Trying again would fail in the same way.
      return { ...ended('failed', ending.reason ?? 'The command could not be started.'), usesRetry: true }
    case 'IDLE':
      // It would idle again.
      return failed({ ...job, maxRetries: 0 }, ending, ending.reason ?? 'Ended because its GPUs did nothing.')
    case 'CANCELLED':
      return ended('cancelled', ending.reason ?? 'Cancelled.')
    case 'PREEMPTED':
      return requeued(job, 'preempted', ending.reason ?? 'It made room for a job of higher priority.')
    case 'GPU_FAILED':
      return gpuFailed(job, ending.reason ?? 'One of its GPUs failed.')
    case 'RELEASED':
      return requeued(job, 'lost', ending.reason ?? 'The worker let go of it.')
  }
}

function ended(state: 'completed' | 'failed' | 'cancelled', reason: string | null): Verdict {
  return { runState: state, jobState: state, event: `job.${state}`, reason, usesRetry: false, retryAfterSeconds: null }
}

/** For no fault of its own. */
function requeued(job: Tried, runState: 'lost' | 'preempted', reason: string): Verdict {
  if (job.cancelRequested) return { ...ended('cancelled', 'Cancelled.'), runState }
  return { runState, jobState: 'queued', event: 'job.requeued', reason, usesRetry: false, retryAfterSeconds: null }
}

function gpuFailed(job: Tried, reason: string): Verdict {
  const { before = [] } = job
  const other = before.findIndex((outcome) => outcome !== 'GPU_FAILED')
  const inARow = 1 + (other < 0 ? before.length : other)
  if (inARow < MOST_GPU_FAILURES || job.cancelRequested) return requeued(job, 'lost', reason)
  const why = `This was attempt ${inARow} in a row whose GPU failed: it is not tried again, as the job may be the cause.`
  return { ...ended('failed', `${reason} ${why}`), runState: 'lost' }
}

function failed(job: Tried, ending: Ending, reason: string): Verdict {
  if (job.cancelRequested) return ended('cancelled', reason)
  const left = job.maxRetries - job.failures
  if (left <= 0) return { ...ended('failed', reason), usesRetry: true }
  if (!isTriedAgain(job.retry, ending)) {
    return { ...ended('failed', `${reason} This is not tried again, by the job's own rules.`), usesRetry: true }
  }
  const seconds = pauseSeconds(job.retry, job.failures)
  const when = seconds === null ? 'Tried again' : `Tried again after ${seconds} s`
  const next = `${reason} ${when}: ${left === 1 ? 'one attempt is' : `${left} attempts are`} left.`
  return {
    runState: 'failed',
    jobState: 'queued',
    event: 'job.requeued',
    reason: next,
    usesRetry: true,
    retryAfterSeconds: seconds,
  }
}

function isTriedAgain(rules: Tried['retry'], ending: Ending): boolean {
  if (!rules?.exitCodes) return true
  const code = exitCodeOf(ending)
  return code !== null && rules.exitCodes.includes(code)
}

/** As a shell would tell it: an end by a signal is 128 and its number. Null where there is neither. */
function exitCodeOf({ outcome, exitCode, signal }: Ending): number | null {
  if (outcome === 'OUT_OF_MEMORY') return 128 + constants.signals.SIGKILL
  if (!signal) return exitCode
  const number = new Map<string, number>(Object.entries(constants.signals)).get(signal)
  return number === undefined ? null : 128 + number
}

/** Twice as long after each failure, up to the most. */
function pauseSeconds(rules: Tried['retry'], failuresBefore: number): number | null {
  if (!rules || rules.backoffSeconds === 0) return null
  return Math.min(rules.backoffSeconds * 2 ** failuresBefore, rules.maxBackoffSeconds)
}

function saying({ exitCode, signal }: Ending): string {
  if (signal) return `Ended by ${signal}.`
  return exitCode === null ? 'Ended without an exit code.' : `Ended with exit code ${exitCode}.`
}
