// What was used, from the graph's shapes to REST's.
import type {
  RestAccountUsageQuery,
  RestExportFragment,
  RestLeaderboardQuery,
  RestUsageFragment,
  UsageExportFormat,
  UsageExportState,
} from '../generated/documents.ts'
import type { Shape } from '../operations.ts'

/** The range of time that was asked for, with null for an end that is open. */
export interface Range {
  from: string | null
  to: string | null
}

export function toAccountUsage(
  account: string,
  range: Range,
  { asOf, rows, total }: NonNullable<RestAccountUsageQuery['usage']>,
): Shape['AccountUsage'] {
  return {
    account,
    ...range,
    as_of: asOf,
    ...toFigures(total),
    rows: rows.map(({ user, model, usage }) => ({ user, model, ...toFigures(usage) })),
  }
}

export function toLeaderboard(
  by: Shape['Leaderboard']['by'],
  range: Range,
  entries: NonNullable<RestLeaderboardQuery['usageLeaderboard']>,
): Shape['Leaderboard'] {
  return {
    by,
    ...range,
    entries: entries.map(({ rank, key, usage }) => ({ rank, key, ...toFigures(usage), as_of: usage.asOf })),
  }
}

/** Null is what was not asked for: all of it was. */
function toFigures(usage: RestUsageFragment) {
  return {
    gpu_seconds: usage.gpuSeconds,
    runs: usage.runs,
    provisional: usage.provisional,
    cost: (usage.cost ?? []).map(({ amount, currency }) => ({ amount, currency })),
    wasted_gpu_seconds: usage.wastedGpuSeconds ?? 0,
    utilised_gpu_seconds: usage.utilisedGpuSeconds ?? 0,
    measured_gpu_seconds: usage.measuredGpuSeconds ?? 0,
  }
}

export const GRAPH_FORMATS: Readonly<Record<Shape['UsageExportFormat'], UsageExportFormat>> = {
  parquet: 'PARQUET',
  csv: 'CSV',
  arrow: 'ARROW',
  focus: 'FOCUS',
  focus_parquet: 'FOCUS_PARQUET',
}

const FORMATS: Readonly<Record<UsageExportFormat, Shape['UsageExportFormat']>> = {
  PARQUET: 'parquet',
  CSV: 'csv',
  ARROW: 'arrow',
  FOCUS: 'focus',
  FOCUS_PARQUET: 'focus_parquet',
}

const STATES: Readonly<Record<UsageExportState, Shape['UsageExport']['state']>> = {
  QUEUED: 'queued',
  WRITING: 'writing',
  DONE: 'done',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
}

export function toExport(given: RestExportFragment): Shape['UsageExport'] {
  return {
    id: given.id,
    format: FORMATS[given.format],
    requested_by: given.requestedBy,
    from: given.from,
    to: given.to,
    state: STATES[given.state],
    progress: given.progress,
    rows: given.rows,
    bytes: given.bytes,
    sha256: given.sha256,
    problem: given.problem,
    complete_from: given.completeFrom,
    created_at: given.createdAt,
    finished_at: given.finishedAt,
    expires_at: given.expiresAt,
    link: given.link,
    link_expires_at: given.linkExpiresAt,
  }
}
