// A worker's right to a run. Whatever a worker says of a run is held against the lease's row: its worker, its epoch,
// and that it is there, as a run that has ended has none.
import { invalidInput } from '@constellation/platform/errors.ts'
import { isUuid } from '@constellation/platform/ids.ts'

export interface LeaseClaim {
  runId: string
  epoch: number
}

/** What the worker is to make of its run. */
export interface Standing {
  runId: string
  standing: 'HELD' | 'CANCEL' | 'PREEMPT' | 'OVER'
  /** From now, in milliseconds. */
  leaseMs: number
}

/** The answer for a run that is not this worker's, or has ended. */
export function over(runId: string): Standing {
  return { runId, standing: 'OVER', leaseMs: 0 }
}

/** What is asked of a live run. */
export interface Asked {
  cancelRequested: boolean
  preempted: boolean
}

/** The answer for a run that lives: to go on, or to end it. */
export function held(runId: string, { cancelRequested, preempted }: Asked, leaseMs: number): Standing {
  return { runId, standing: cancelRequested ? 'CANCEL' : preempted ? 'PREEMPT' : 'HELD', leaseMs }
}

/** @throws ConstellationError BAD_USER_INPUT where an id is none; `path` is that of the leases in the input */
export function requireRunIds(leases: readonly LeaseClaim[], path = ''): void {
  const wrong = leases.findIndex((lease) => !isUuid(lease.runId))
  if (wrong >= 0) throw invalidInput([{ path: path ? `${path}.${wrong}.runId` : 'runId', message: 'is no UUID' }])
}
