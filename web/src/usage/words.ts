import type { UsageDimension } from '../generated/documents.ts'
import type { RangeName } from './range.ts'

// What the page of usage says.
export const words = {
  title: 'Usage',
  range: 'Started within',
  ranges: { day: '24 hours', week: '7 days', month: '30 days', all: 'All time' } satisfies Record<RangeName, string>,
  groupBy: 'Grouped by',
  dimensions: { ACCOUNT: 'Account', USER: 'User', MODEL: 'GPU model', OUTCOME: 'Outcome', GPU: 'GPU' } satisfies Record<
    UsageDimension,
    string
  >,
  report: 'GPU time',
  leaderboard: {
    ACCOUNT: 'Top accounts',
    USER: 'Top users',
    MODEL: 'Top GPU models',
    OUTCOME: 'Outcomes',
    GPU: 'Top GPUs',
  } satisfies Record<UsageDimension, string>,
  columns: { runs: 'Attempts', gpuSeconds: 'GPU-seconds', share: 'Share', rank: 'Rank' },
  total: 'Total',
  unnamed: '(none)',
  provisional: 'still growing',
  loading: 'Loading the usage…',
  none: 'No run has started in this time.',
} as const
