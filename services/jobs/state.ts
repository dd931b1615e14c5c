// The states of a job and of a run, and every move that is legal. The one place that knows them all:
// a new state does not compile until each table below has it.
//
//   job       submit            start              finish
//        ───────────► queued ───────────► running ───────────► completed | failed
//                       ▲  │ cancel          │ │ cancel, then finish
//                       │  └───────────────┐ │ └──────────────► cancelled
//                       └── lost, released,│─┘
//                  preempted, to be retried▼
//                                       cancelled
//
//   run        claim              start              finish
//        ───────────► claimed ───────────► running ───────────► completed | failed | cancelled | lost | preempted
//                        └───────────────────────────────────────────────────────────────▲
//                                 could not start, cancelled, or its worker went away
//
// A run that is lost since its GPU failed may be the last of its job, which has failed then.

export type JobState = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled'
export type RunState = 'claimed' | 'running' | 'completed' | 'failed' | 'cancelled' | 'lost' | 'preempted'

const JOB_MOVES: Readonly<Record<JobState, readonly JobState[]>> = {
  // A job goes from queued to its end where the command could not be started, or its start was not heard of.
  queued: ['queued', 'running', 'completed', 'failed', 'cancelled'],
  running: ['queued', 'running', 'completed', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
}

const RUN_MOVES: Readonly<Record<RunState, readonly RunState[]>> = {
  claimed: ['running', 'completed', 'failed', 'cancelled', 'lost', 'preempted'],
  running: ['completed', 'failed', 'cancelled', 'lost', 'preempted'],
  completed: [],
  failed: [],
  cancelled: [],
  lost: [],
  preempted: [],
}

export function jobHasEnded(state: JobState): boolean {
  return JOB_MOVES[state].length === 0
}

/** @throws Error on an illegal move: a fault of ours, which must not reach the table */
export function assertJobMove(from: JobState, to: JobState): void {
  if (!JOB_MOVES[from].includes(to)) throw new Error(`A job does not go from ${from} to ${to}.`)
}

/** @throws Error on an illegal move: a fault of ours, which must not reach the table */
export function assertRunMove(from: RunState, to: RunState): void {
  if (!RUN_MOVES[from].includes(to)) throw new Error(`A run does not go from ${from} to ${to}.`)
}
