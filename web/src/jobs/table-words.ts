import type { JobOrderField } from '../generated/documents.ts'
import { plural, sayWhole } from '../shared/language.ts'
import type { Range } from './wanted.ts'

/** At a thousand the server stops counting. */
const FULL_COUNT = 1000

// What the table of jobs says, and what stands around it.
export const tableWords = {
  count: (count: number) => (count >= FULL_COUNT ? '1k+' : String(count)),
  filters: 'Filters',
  search: 'Search jobs',
  searchHint: 'Name, command, user or ID',
  account: 'Account',
  user: 'User',
  range: 'Created',
  ranges: {
    any: 'Any time',
    today: 'Today',
    '24h': 'Last 24 hours',
    '7d': 'Last 7 days',
    '30d': 'Last 30 days',
  } satisfies Record<Range | 'any', string>,
  /** A filter that has no field of its own, and how it is taken away. */
  only: { array: 'One array', template: 'Template', model: 'Model', remove: 'Show all jobs, not only these' },
  clear: 'Clear filters',
  sort: 'Sort',
  orders: {
    CREATED: { column: 'Created', up: 'Oldest first', down: 'Newest first' },
    NAME: { column: 'Name', up: 'Name, A to Z', down: 'Name, Z to A' },
    STARTED: { column: 'Ran', up: 'First started', down: 'Last started' },
    FINISHED: { column: 'Finished', up: 'First finished', down: 'Last finished' },
    PRIORITY: { column: 'Priority', up: 'Lowest priority', down: 'Highest priority' },
  } satisfies Record<JobOrderField, { column: string; up: string; down: string }>,
  columns: { state: 'State', gpus: 'GPUs', who: 'User', gpuSeconds: 'GPU-seconds', reason: 'Why' },
  waited: (duration: string) => `waited ${duration}`,
  noGpu: 'none',
  gpus: (count: number, model: string) => `${count} × ${model}`,
  gpuCount: (count: number) => `${count} ${plural(count, { one: 'GPU', other: 'GPUs' })}`,
  anyModel: 'any',
  arrivals: (count: number) => `Show ${sayWhole(count)} ${plural(count, { one: 'new job', other: 'new jobs' })}`,
  arrivalsTitle: 'The list stands still while you point at it or have chosen jobs.',
  choose: (name: string) => `Choose ${name}`,
  chooseAll: 'Choose all jobs on this page',
  views: {
    label: 'Views',
    all: 'All',
    mine: 'Mine',
    running: 'Running',
    failedToday: 'Failed today',
    save: 'Save view',
    saveTitle: 'Keep these filters and this order under a name, in this browser',
    name: 'Name of the view',
    keep: 'Save',
    cancel: 'Cancel',
    remove: (name: string) => `Remove the view ${name}`,
    needed: 'Give it a name.',
  },
} as const
