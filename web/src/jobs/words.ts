import type { JobState, RunOutcome, RunState } from '../generated/documents.ts'

// What the pages of jobs say.
export const words = {
  title: 'Jobs',
  filterState: 'State',
  anyState: 'All',
  atLeast: (memory: string) => `at least ${memory}`,
  provisional: 'Still growing: a run has not ended.',
  usageAway: 'The usage service does not answer.',
  loadMore: 'Load more',
  older: 'Older jobs',
  newest: 'Back to the newest jobs',
  loading: 'Loading the jobs…',
  state: {
    QUEUED: 'Queued',
    RUNNING: 'Running',
    COMPLETED: 'Completed',
    FAILED: 'Failed',
    CANCELLED: 'Cancelled',
  } satisfies Record<JobState, string>,
  runState: {
    CLAIMED: 'Starting',
    RUNNING: 'Running',
    COMPLETED: 'Completed',
    FAILED: 'Failed',
    CANCELLED: 'Cancelled',
    LOST: 'Lost',
    PREEMPTED: 'Preempted',
  } satisfies Record<RunState, string>,
  /** What is to be said of an end beyond its exit code or signal. */
  outcome: {
    EXITED: undefined,
    TIMED_OUT: 'time limit reached',
    CANCELLED: undefined,
    NOT_STARTED: 'could not start',
    OUT_OF_MEMORY: 'out of memory',
    IDLE: 'ended for idling',
    GPU_FAILED: 'a GPU failed, so it was queued again',
    PREEMPTED: undefined,
    RELEASED: 'let go by its worker',
  } satisfies Record<RunOutcome, string | undefined>,
  cancelling: 'Cancelling',
  cancel: 'Cancel job',
  exit: (code: number) => `exit code ${code}`,
} as const
