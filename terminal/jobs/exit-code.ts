// The exit code of a job that was waited for, as a shell would have it of the same command. Pure.
import { constants } from 'node:os'
import { EXIT } from '../failure.ts'
import type { FollowedJob, FollowedRun } from './follow-job.ts'

/**
 * Of what was ended for the job, or never began: as timeout(1), as the shell for what it cannot run, and as a process that
 * was killed. The signal by which that was done says nothing more.
 */
const BY_OUTCOME: Partial<Record<NonNullable<FollowedRun['outcome']>, number>> = {
  TIMED_OUT: 124,
  IDLE: 124,
  NOT_STARTED: 127,
  OUT_OF_MEMORY: 137,
}

export function exitCodeOf({ state, runs }: Pick<FollowedJob, 'state' | 'runs'>): number {
  if (state === 'COMPLETED') return EXIT.done
  if (state === 'CANCELLED') return EXIT.interrupted
  const run = runs.at(-1)
  const known = run?.outcome && BY_OUTCOME[run.outcome]
  if (known) return known
  if (run?.signal != null) return 128 + signalNumber(run.signal)
  return run?.exitCode || EXIT.failed
}

function signalNumber(name: string): number {
  const known: Readonly<Record<string, number>> = constants.signals
  return known[name] ?? 0
}
