// The answer to what the page asks, made ready to be drawn.
import type { AmountFragment, UsageKeysFragment, UsageQuery, UsageQueryVariables } from '../generated/documents.ts'
import { type Asked, type Dimension, toFilter } from './asked.ts'
import { TIME_ZONE } from './calendar.ts'
import { amountOf, type Measure, mainCurrency, ORDERS, type TimeUnit, unitFor } from './measures.ts'
import { stretchBefore, toInput } from './range.ts'
import { type Stacks, stack, startsWithin } from './stacks.ts'

export interface Group {
  /** Empty for what has none. */
  key: string
  usage: AmountFragment
  /** Of the measure. */
  amount: number
}

export interface Report {
  asOf: string
  groups: readonly Group[]
  /** All that there are, of which `groups` are the largest. */
  groupCount: number
  total: AmountFragment
  stacks: Stacks
  unit: TimeUnit
  /** The one of the chart, where money is drawn. */
  currency: string | undefined
  /** The measure's amount just before, where that can be asked. */
  before: number | undefined
}

/** What the graph is asked. It stays the same until the hour has passed. */
export function toVariables(asked: Asked, now: number): UsageQueryVariables {
  const before = stretchBefore(asked.stretch, now)
  return {
    range: toInput(asked.stretch),
    before: before ? toInput(before) : null,
    compares: before !== undefined,
    grain: asked.grain,
    timeZone: TIME_ZONE,
    by: [asked.by],
    filter: toFilter(asked.filter),
    orderBy: ORDERS[asked.measure],
  }
}

/** Undefined where a part of the answer is missing. */
export function toReport(data: UsageQuery | undefined, asked: Asked, now: number): Report | undefined {
  if (!data?.groups || !data.cells || !data.sums) return undefined
  const { total, rows, asOf, rowCount } = data.groups
  const currency = mainCurrency(total.cost)
  const amount = (usage: Parameters<typeof amountOf>[0]) => amountOf(usage, asked.measure, currency)
  const groups = rows
    .map((row) => ({ key: keyOf(row, asked.by), usage: row.usage, amount: amount(row.usage) }))
    .toSorted((a, b) => b.amount - a.amount)
  const sums = data.sums.rows.map(({ start, usage }) => ({
    start: Date.parse(start ?? ''),
    amount: amount(usage),
    provisional: usage.provisional,
  }))
  const cells = data.cells.rows.map((row) => ({
    start: Date.parse(row.start ?? ''),
    key: keyOf(row, asked.by),
    amount: amount(row.usage),
  }))
  const starts = startsWithin(
    asked.stretch,
    asked.grain,
    sums.map(({ start }) => start),
    now,
  )
  const ranked = groups.filter((group) => group.amount > 0).map(({ key }) => key)
  return {
    asOf,
    groups,
    groupCount: rowCount,
    total,
    stacks: stack(starts, ranked, cells, sums),
    unit: unitFor(total.gpuSeconds),
    currency,
    before: data.before ? amount(data.before.total) : undefined,
  }
}

/** The part that `now` is more than `before`, such as 0.2; undefined where there was nothing to compare with. */
export function changeOf(now: number, before: number | undefined): number | undefined {
  return before ? now / before - 1 : undefined
}

/** The amount of the measure in all of it. */
export function totalOf({ total, currency }: Report, measure: Measure): number {
  return amountOf(total, measure, currency)
}

function keyOf(row: UsageKeysFragment, by: Dimension): string {
  return { ACCOUNT: row.account, USER: row.user, MODEL: row.model, OUTCOME: row.outcome }[by] ?? ''
}
