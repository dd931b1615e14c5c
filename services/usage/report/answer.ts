// What DuckDB has answered becomes the graph's report: kept as columns, and made into rows page by page.
import type { Usage, UsageDimension, UsageOrder, UsageRow } from '../generated/resolvers.ts'
import type { Row } from '../lake/question.ts'
import { numbersOf, ranksOf, rowAt, type Table } from '../lake/table.ts'
import type { Asked } from './asked.ts'
import { inOrder } from './in-order.ts'
import { instantOf } from './time-zone.ts'

export interface Report {
  /** How many groups there are. */
  rowCount: number
  /** So many of them from one on, in the order that was asked for. */
  page(from: number, count: number): UsageRow[]
  /** The sum of all. */
  total: Usage
}

/** The answer to `toQuestion` of the same. */
export function toReport(asked: Asked, table: Table, asOf: string): Report {
  const isTotal = numbersOf(table, 'is_total')
  const total = Array.prototype.indexOf.call(isTotal, 1)
  const groups = groupsOf(table, isTotal)
  const pageOf = inOrder(groups, orderOf(table, asked.orderBy))
  return {
    rowCount: groups.length,
    page: (from, count) => Array.from(pageOf(from, count), (row) => toRow(rowAt(table, row), asked, asOf)),
    total: toUsage(total === -1 ? {} : rowAt(table, total), asked, asOf),
  }
}

/** The rows that are groups; one in which every entry was taken back is none. */
function groupsOf(table: Table, isTotal: ArrayLike<number>): Uint32Array {
  const [held, runs] = [numbersOf(table, 'held_us'), numbersOf(table, 'runs')]
  const groups: number[] = []
  for (let row = 0; row < table.length; row++) {
    if (isTotal[row] === 0 && (held[row] !== 0 || runs[row] !== 0)) groups.push(row)
  }
  return Uint32Array.from(groups)
}

/** The order asked for, and by names where it leaves two equal, so that pages do not overlap. */
function orderOf(table: Table, by: UsageOrder): (a: number, b: number) => number {
  const start = numbersOf(table, 'bucket')
  const amount = by === 'COST' ? costsOf(table) : numbersOf(table, by === 'RUNS' ? 'runs' : 'held_us')
  let names: ArrayLike<number>[] | undefined
  const difference = (values: ArrayLike<number>, a: number, b: number) => (values[a] ?? 0) - (values[b] ?? 0)
  return (a, b) => {
    const first = (by === 'START' ? difference(start, a, b) : 0) || difference(amount, b, a) || difference(start, a, b)
    if (first !== 0) return first
    names ??= ['account', 'submitted_by', 'model', 'outcome', 'gpu_id'].map((name) => ranksOf(table, name))
    for (const ranks of names) {
      const rank = difference(ranks, a, b)
      if (rank !== 0) return rank
    }
    return 0
  }
}

/** Of each row what it costs in its first currency. */
function costsOf(table: Table): ArrayLike<number> {
  const { costs } = table.columns
  const ofOne = numbersOf(table, 'cost')
  if (costs?.kind !== 'texts') return ofOne
  const amounts = costs.texts.map((text) => (text === null ? undefined : Number(severalCosts(text)[0]?.amount)))
  return Float64Array.from(costs.codes, (code, row) => amounts[code] ?? ofOne[row] ?? 0)
}

function toRow(row: Row, asked: Asked, asOf: string): UsageRow {
  const { grain, groupBy, steps } = asked
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
    usage: toUsage(row, asked, asOf),
  }
}

const seconds = (us: Row[string] | undefined) => (us == null ? null : Number(us) / 1_000_000)

function toUsage(row: Row, { metrics }: Asked, asOf: string): Usage {
  return {
    gpuSeconds: seconds(row.held_us) ?? 0,
    runs: Number(row.runs ?? 0),
    provisional: row.provisional === true,
    asOf,
    wastedGpuSeconds: seconds(row.wasted_us),
    utilisedGpuSeconds: seconds(row.utilised_us),
    measuredGpuSeconds: seconds(row.measured_us),
    energyJoules: row.energy_mj == null ? null : Number(row.energy_mj) / 1000,
    cost: metrics.has('COST') ? toCosts(row) : null,
    queueWait:
      row.wait_p50 == null
        ? null
        : { p50Seconds: Number(row.wait_p50), p95Seconds: Number(row.wait_p95 ?? row.wait_p50) },
  }
}

function toCosts({ costs, cost, currency }: Row): { amount: string; currency: string }[] {
  if (costs != null) return severalCosts(String(costs))
  return cost == null ? [] : [{ amount: String(cost), currency: String(currency) }]
}

/** By the names of their currencies. */
function severalCosts(costs: string): { amount: string; currency: string }[] {
  const each = costs.split(';').map((cost) => {
    const [currency = '', amount = ''] = cost.split(' ')
    return { amount, currency }
  })
  return each.sort((a, b) => (a.currency < b.currency ? -1 : 1))
}
