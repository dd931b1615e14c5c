import type { WaitReason } from '../generated/documents.ts'
import { plural, sayWhole } from '../shared/language.ts'

// What the page of the queue says.
export const words = {
  title: 'Queue',
  loading: 'Loading the queue…',
  empty: {
    title: 'Nothing waits',
    text: 'Every job that was submitted has started. What comes next starts at once while GPUs are free.',
  },
  summary: {
    label: 'The queue',
    waiting: 'Waiting',
    gpusAsked: 'GPUs asked for',
    gpusFree: 'GPUs free',
    next: 'Next start',
  },
  unknown: 'unknown',
  needs: {
    anyGpu: 'Any GPU',
    noGpu: 'No GPU',
    memory: (amount: string) => `from ${amount}`,
    capability: (version: string) => `capability ${version}`,
    container: 'container',
  },
  /** `isCut` where there are more. */
  counted: (jobs: number, gpus: number, isCut: boolean) => {
    const plus = isCut ? '+' : ''
    const waiting = `${sayWhole(jobs)}${plus} ${plural(jobs, { one: 'job', other: 'jobs' })}`
    if (gpus === 0) return waiting
    return `${waiting}, ${sayWhole(gpus)}${plus} ${plural(gpus, { one: 'GPU', other: 'GPUs' })}`
  },
  table: {
    place: 'Place',
    job: 'Job',
    account: 'Account',
    gpus: 'GPUs',
    why: 'Why it waits',
    starts: 'Starts',
    waited: 'Waiting',
    priority: 'Priority',
  },
  farthest: '10,000+',
  more: 'Show more',
  move: {
    up: (name: string) => `Move ${name} up`,
    down: (name: string) => `Move ${name} down`,
    refused: (reason: string) => `The job was not moved. ${reason}`,
    hint: 'Move a job by its arrows, by dragging it, or with Alt+↑ and Alt+↓: its priority changes by as much as that takes, and it may pass others that came at about the same time.',
  },
  reasons: {
    STARTING: 'Starting',
    BEHIND_OTHERS: 'Behind others',
    BUSY: 'Busy',
    RESERVED_FOR_OTHERS: 'Kept for others',
    GATHERING: 'Gathering',
    PREEMPTING: 'Preempting',
    QUOTA: 'Quota',
    DEPENDENCY: 'Dependency',
    START_TIME: 'Start time',
    BACKOFF: 'Pause to retry',
    NO_WORKER: 'No worker',
    NO_SUCH_GPU: 'No such GPU',
    NOT_ENOUGH_GPUS: 'Not enough GPUs',
    OUT_OF_SERVICE: 'Out of service',
    NO_SUCH_LABELS: 'No such labels',
    NO_CONTAINERS: 'No containers',
    BUDGET: 'Budget used up',
  } satisfies Record<WaitReason, string>,
  accounts: {
    title: 'Quotas and fair share',
    account: 'Account',
    share: 'Recent share against due share',
    shareText: (recent: string, due: string) => `${recent} had, ${due} due`,
    shareTitle: 'The part of the GPU time of the recent past that it had; the mark is what its weight entitles it to.',
    gpus: 'GPUs held',
    runs: 'Runs',
    queued: 'Waiting',
    weight: 'Weight',
    of: (held: number, most: number | null) => (most === null ? String(held) : `${held} / ${most}`),
    noLimit: 'no limit',
    none: 'No account is known yet: each is, once it has submitted a job.',
  },
  machines: {
    title: 'Now and next',
    none: 'No worker has a GPU.',
    free: (count: number) => `${count} free`,
    out: (count: number) => `${count} out of service`,
    gpus: (indices: string) => `GPU ${indices}`,
    of: (user: string) => `of ${user}`,
    other: 'A job of somebody else',
    until: 'ends',
    open: 'open end',
    keptFor: 'Kept for',
    quiet: (free: number) =>
      `${sayWhole(free)} ${plural(free, { one: 'GPU is', other: 'GPUs are' })} free on workers without a run:`,
    quietOne: (host: string, free: number) => `${host} (${free})`,
    others: (count: number) => `, and ${count} more`,
    showAll: (count: number) => `Show all ${count} workers`,
  },
} as const
