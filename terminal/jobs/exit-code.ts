// The exit code of a job that was waited for, as a shell would have it of the same command. Pure.
import { constants } from 'node:os'
import { EXIT } from '../failure.ts'
import type { FollowedJob, FollowedRun } from './follow-job.ts'

/** Of what has no exit code of its own: as timeout(1), as the shell for what it cannot run, and as a process that was killed. */
const BY_OUTCOME: Partial<Record<NonNullable<FollowedRun['outcome']>, number>> = {
  TIMED_OUT: 124,
  IDLE: 124,
  NOT_STARTED: 127,
  OUT_OF_MEMORY: 137,
}

export function exitCodeOf({ state, runs }: Pick<FollowedJob, 'state' | 'runs'>): number {
  if (state === 'COMPLETED') return EXIT.done
  const run = runs.at(-1)
  const ownCode = run?.exitCode ?? 0
  if (run?.signal != null) return 128 + signalNumber(run.signal)
  if (ownCode !== 0) return ownCode
  if (state === 'CANCELLED') return EXIT.interrupted
  return (run?.outcome && BY_OUTCOME[run.outcome]) ?? EXIT.failed
}

function signalNumber(name: string): number {
  const known: Readonly<Record<string, number>> = constants.signals
  return known[name] ?? 0
}
