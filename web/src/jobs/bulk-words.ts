import { plural, sayWhole } from '../shared/language.ts'

/** At a thousand the server stops counting. */
const FULL_COUNT = 1000
const jobs = (count: number) => `${sayWhole(count)} ${plural(count, { one: 'job', other: 'jobs' })}`

// What is said to whom does something to many jobs.
export const bulkWords = {
  label: 'Chosen jobs',
  chosen: (count: number) => `${sayWhole(count)} chosen`,
  all: (count: number) => (count >= FULL_COUNT ? 'Choose all that match' : `Choose all ${count} that match`),
  choosing: 'Looking for them…',
  most: (count: number) => `No more than ${sayWhole(count)} can be chosen at once.`,
  failed: 'The others could not be looked up. Try again.',
  cancel: 'Cancel',
  rerun: 'Rerun',
  clear: 'Clear',
  close: 'Close',
  stop: 'Stop',
  back: 'Keep them',
  backRerun: 'Do nothing',
  cancelTitle: (count: number) => `Cancel ${jobs(count)}?`,
  cancelText:
    'Those that wait end at once, those that run when their processes have ended. Jobs that have ended stay as they are.',
  cancelDo: (count: number) => `Cancel ${jobs(count)}`,
  cancelled: (count: number) => `${jobs(count)} cancelled, on the way there, or ended before.`,
  rerunTitle: (count: number) => `Run ${jobs(count)} again?`,
  rerunText:
    'Each is submitted anew as it was asked for, by you: without its start time, its place in an array and what it waited for.',
  rerunDo: (count: number) => `Run ${jobs(count)} again`,
  rerunDone: (count: number) => `${jobs(count)} submitted.`,
  progress: (done: number, all: number) => `${sayWhole(done)} of ${sayWhole(all)}`,
  stopped: (count: number) => `Stopped: ${jobs(count)} left as they were.`,
  refused: (count: number) => `${jobs(count)} could not be:`,
  more: (count: number) => `and ${sayWhole(count)} more`,
} as const
