// What an ended run means for its job. A pure decision: finish.ts and reap.ts apply it.
import type { JobEventType } from '@constellation/platform/events.ts'
import type { RunOutcome } from './generated/resolvers.ts'
import type { JobState, RunState } from './state.ts'

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
}

/** What becomes of the run, and of the job it was an attempt at. */
export function verdict(
  job: { cancelRequested: boolean; failures: number; maxRetries: number; timeoutSeconds?: number | null | undefined },
  ending: Ending,
): Verdict {
  switch (ending.outcome) {
    case 'EXITED':
      if (ending.exitCode === 0) return ended('completed', ending.reason)
      return failed(job, ending.reason ?? saying(ending))
    case 'TIMED_OUT':
      return failed(job, ending.reason ?? `Ended by its time limit of ${job.timeoutSeconds} s.`)
    case 'OUT_OF_MEMORY':
      return failed(job, ending.reason ?? 'Ended because it used more memory than it may.')
    case 'NOT_STARTED':
      // Trying again would fail in the same way.
      return { ...ended('failed', ending.reason ?? 'The command could not be started.'), usesRetry: true }
    case 'CANCELLED':
      return ended('cancelled', ending.reason ?? 'Cancelled.')
    case 'PREEMPTED':
      return requeued(job, 'preempted', ending.reason ?? 'It made room for a job of higher priority.')
    case 'RELEASED':
      return requeued(job, 'lost', ending.reason ?? 'The worker let go of it.')
  }
}

function ended(state: 'completed' | 'failed' | 'cancelled', reason: string | null): Verdict {
  return { runState: state, jobState: state, event: `job.${state}`, reason, usesRetry: false }
}

/** For no fault of its own. */
function requeued(job: Parameters<typeof verdict>[0], runState: 'lost' | 'preempted', reason: string): Verdict {
  if (job.cancelRequested) return { ...ended('cancelled', 'Cancelled.'), runState }
  return { runState, jobState: 'queued', event: 'job.requeued', reason, usesRetry: false }
}

function failed(job: Parameters<typeof verdict>[0], reason: string): Verdict {
  if (job.cancelRequested) return ended('cancelled', reason)
  const left = job.maxRetries - job.failures
  if (left <= 0) return { ...ended('failed', reason), usesRetry: true }
  const next = `${reason} Tried again: ${left === 1 ? 'one attempt is' : `${left} attempts are`} left.`
  return { runState: 'failed', jobState: 'queued', event: 'job.requeued', reason: next, usesRetry: true }
}

function saying({ exitCode, signal }: Ending): string {
  if (signal) return `Ended by ${signal}.`
  return exitCode === null ? 'Ended without an exit code.' : `Ended with exit code ${exitCode}.`
}
