// What is shown, as rows of a file. GPU time is in seconds and money exact: a file is for reckoning on.
import type { Asked } from './asked.ts'
import { toCsv } from './csv.ts'
import type { Report } from './report.ts'

/** The table: a row for each group. Costs are a column for each currency. */
export function tableCsv(asked: Asked, { groups, total }: Report): string {
  const currencies = (total.cost ?? []).map(({ currency }) => currency)
  const headings = [
    asked.by.toLowerCase(),
    ...['gpu_seconds', 'wasted_gpu_seconds', 'utilised_gpu_seconds', 'measured_gpu_seconds', 'energy_joules'],
    ...['attempts', 'queue_wait_p50_seconds', 'queue_wait_p95_seconds', 'provisional'],
    ...currencies.map((currency) => `cost_${currency.toLowerCase()}`),
  ]
  const rows = groups.map(({ key, usage }) => [
    key,
    ...[usage.gpuSeconds, usage.wastedGpuSeconds, usage.utilisedGpuSeconds, usage.measuredGpuSeconds],
    ...[usage.energyJoules, usage.runs, usage.queueWait?.p50Seconds, usage.queueWait?.p95Seconds],
    String(usage.provisional),
    ...currencies.map((currency) => usage.cost?.find((money) => money.currency === currency)?.amount ?? '0'),
  ])
  return toCsv(headings, rows)
}

/** The chart: a row for each bar and layer. */
export function chartCsv(asked: Asked, { stacks, currency }: Report, others: string): string {
  const unit = { time: 'gpu_seconds', wasted: 'wasted_gpu_seconds', runs: 'attempts', cost: `cost_${currency ?? ''}` }
  const keys = stacks.hasOthers ? [...stacks.keys, others] : stacks.keys
  const rows = stacks.stacks.flatMap(({ start, layers, provisional }) =>
    layers.map((amount, layer) => [new Date(start).toISOString(), keys[layer], amount, String(provisional)]),
  )
  return toCsv(['start', asked.by.toLowerCase(), unit[asked.measure].toLowerCase(), 'provisional'], rows)
}
