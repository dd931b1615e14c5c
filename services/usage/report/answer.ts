// What DuckDB has answered becomes the graph's report.
import type { Usage, UsageDimension, UsageOrder, UsageRow } from '../generated/resolvers.ts'
import type { Row } from '../lake/question.ts'
import type { Asked } from './asked.ts'
import { keysOf } from './select.ts'
import { instantOf } from './time-zone.ts'

export interface Report {
  rows: UsageRow[]
  total: Usage
}

/** The groups and the sum of all, in the order that was asked for. */
export function toReport(asked: Asked, found: readonly Row[], asOf: string): Report {
  const keys = keysOf(asked)
  const keyOf = (row: Row) => JSON.stringify([row.is_total, ...keys.map((key) => row[key])])
  const costs = Map.groupBy(
    found.filter((row) => row.by_currency === 1 && row.currency !== null),
    keyOf,
  )
  const usageOf = (row: Row) => toUsage(row, costs.get(keyOf(row)) ?? [], asked, asOf)
  const groups = found.filter((row) => row.by_currency === 0)
  // A question that tells nothing apart has the sum of all as its only group.
  const total = groups.find((row) => row.is_total === 1)
  const rows = keys.length === 0 ? [] : groups.filter((row) => row.is_total === 0 && isSomething(row))
  return {
    rows: rows.map((row) => toRow(row, usageOf(row), asked)).toSorted(order(asked.orderBy)),
    total: usageOf(total ?? {}),
  }
}

/** A group in which every entry was taken back is none. */
function isSomething({ held_us, runs }: Row): boolean {
  return Number(held_us) !== 0 || Number(runs) !== 0
}

function toRow(row: Row, usage: Usage, { grain, groupBy, steps }: Asked): UsageRow {
  const of = (dimension: UsageDimension, column: string) =>
    groupBy.includes(dimension) && row[column] !== null ? String(row[column]) : null
  const bucket = Number(row.bucket) / 1000
  const start = grain === 'TOTAL' ? null : grain === 'HOUR' ? bucket : instantOf(bucket, steps)
  return {
    start: start === null ? null : new Date(start).toISOString(),
    account: of('ACCOUNT', 'account'),
    user: of('USER', 'submitted_by'),
    // A run without GPUs is of no model.
    model: of('MODEL', 'model') || null,
    outcome: of('OUTCOME', 'outcome')?.toUpperCase() ?? null,
    gpuId: of('GPU', 'gpu_id'),
    usage,
  }
}

const seconds = (us: Row[string] | undefined) => (us == null ? null : Number(us) / 1_000_000)

function toUsage(row: Row, costs: readonly Row[], { metrics }: Asked, asOf: string): Usage {
  return {
    gpuSeconds: seconds(row.held_us) ?? 0,
    runs: Number(row.runs ?? 0),
    provisional: row.provisional === true,
    asOf,
    wastedGpuSeconds: seconds(row.wasted_us),
    utilisedGpuSeconds: seconds(row.utilised_us),
    measuredGpuSeconds: seconds(row.measured_us),
    energyJoules: row.energy_mj == null ? null : Number(row.energy_mj) / 1000,
    cost: metrics.has('COST')
      ? costs
          .map(({ cost, currency }) => ({ amount: String(cost ?? '0'), currency: String(currency) }))
          .toSorted((a, b) => compare(a.currency, b.currency))
      : null,
    queueWait:
      row.wait_p50 == null
        ? null
        : { p50Seconds: Number(row.wait_p50), p95Seconds: Number(row.wait_p95 ?? row.wait_p50) },
  }
}

/** The order asked for, and by names where it leaves two equal, so that pages do not overlap. */
function order(by: UsageOrder): (a: UsageRow, b: UsageRow) => number {
  const amount = ({ usage }: UsageRow) =>
    by === 'RUNS' ? usage.runs : by === 'COST' ? Number(usage.cost?.[0]?.amount ?? 0) : usage.gpuSeconds
  const names = ({ account, user, model, outcome, gpuId }: UsageRow) =>
    [account, user, model, outcome, gpuId].map((name) => name ?? '').join('\0')
  return (a, b) =>
    (by === 'START' ? compare(a.start ?? '', b.start ?? '') : 0) ||
    amount(b) - amount(a) ||
    compare(a.start ?? '', b.start ?? '') ||
    compare(names(a), names(b))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
