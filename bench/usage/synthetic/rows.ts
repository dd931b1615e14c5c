// What a run is in the ledger's tables, as PostgreSQL's COPY reads it. A test holds it against the view `due_slices`,
// which says the same too slowly for millions of runs.
import type { SyntheticRun } from './runs.ts'

const HOUR_MS = 3_600_000
const NO_GPU = '00000000-0000-0000-0000-000000000000'
const CURRENCY = 'EUR'

/** Of all GPUs; the later one holds from its hour on. In 1e-8 of an hour's money. */
const PRICES = [
  { from: Date.UTC(2020, 0), perGpuHour: 2.1e8 },
  { from: Date.UTC(2026, 9, 15), perGpuHour: 1.85e8 },
] as const

/** The columns of each table, in the order of the rows. */
export const COLUMNS = {
  runs: 'run_id, job_id, attempt, account, submitted_by, queued_at, started_at, finished_at, outcome, utilisation, energy_joules',
  run_gpus: 'run_id, gpu_id, model, simulated',
  slices: 'run_id, gpu_id, hour, from_at, to_at, starts, model, per_gpu_hour, currency, utilised_us, energy_mj',
  hourly:
    'account, hour, submitted_by, model, currency, runs, held_us, wasted_us, utilised_us, measured_us, energy_mj, cost',
} as const
export type Table = keyof typeof COLUMNS

/** Rows as text, a line each. */
export type Rows = Record<Table, string[]>

interface Sums {
  runs: number
  heldMs: number
  wastedMs: number
  utilisedUs: number
  measuredMs: number
  energyMj: number
  /** In 1e-10 of the money. */
  cost: number
}

/** What hours have come to so far, by the names of a row of `hourly`. */
export type Hours = Map<number, Map<string, Sums>>

/** The prices as rows of the table `prices`. */
export const PRICE_ROWS = PRICES.map(({ from, perGpuHour }) => ({
  model: '*',
  validFrom: new Date(from).toISOString(),
  perGpuHour: (perGpuHour / 1e8).toFixed(8),
  currency: CURRENCY,
}))

/** Adds a run's rows, and to the sums of its hours. */
export function addRun(rows: Rows, hours: Hours, run: SyntheticRun): void {
  const { runId, startedAt, finishedAt, gpuIds, utilisation, watts, model, outcome } = run
  const energy = utilisation === null ? '\\N' : String((watts * gpuIds.length * (finishedAt - startedAt)) / 1000)
  rows.runs.push(
    line(
      ...[runId, run.jobId, run.attempt, run.account, run.user, time(run.queuedAt), time(startedAt), time(finishedAt)],
      ...[outcome, utilisation === null ? '\\N' : utilisation / 1000, energy],
    ),
  )
  for (const gpuId of gpuIds) rows.run_gpus.push(line(runId, gpuId, model, 't'))
  const firstHour = startedAt - (startedAt % HOUR_MS)
  if (gpuIds.length === 0) {
    const at = time(startedAt)
    rows.slices.push(line(runId, NO_GPU, time(firstHour), at, at, 1, '', '\\N', '\\N', '\\N', '\\N'))
    sumsOf(hours, firstHour, `${run.account}\t${run.user}\t\t`).runs += 1
    return
  }
  for (let hour = firstHour; hour < finishedAt; hour += HOUR_MS) addHour(rows, hours, run, hour)
}

function addHour(rows: Rows, hours: Hours, run: SyntheticRun, hour: number): void {
  const { runId, gpuIds, utilisation, watts, model } = run
  const from = Math.max(run.startedAt, hour)
  const to = Math.min(run.finishedAt, hour + HOUR_MS)
  const perGpuHour = PRICES.findLast((price) => price.from <= hour)?.perGpuHour ?? 0
  const isMeasured = utilisation !== null
  const utilisedUs = (to - from) * (utilisation ?? 0)
  const energyMj = watts * (to - from)
  const [hourText, fromText, toText] = [time(hour), time(from), time(to)]
  const price = (perGpuHour / 1e8).toFixed(8)
  for (const [i, gpuId] of gpuIds.entries()) {
    const starts = i === 0 && from === run.startedAt ? 1 : 0
    const measured = isMeasured ? [utilisedUs, energyMj] : ['\\N', '\\N']
    rows.slices.push(line(runId, gpuId, hourText, fromText, toText, starts, model, price, CURRENCY, ...measured))
  }
  const count = gpuIds.length
  const sums = sumsOf(hours, hour, `${run.account}\t${run.user}\t${model}\t${CURRENCY}`)
  sums.runs += from === run.startedAt ? 1 : 0
  sums.heldMs += (to - from) * count
  sums.wastedMs += run.outcome === 'completed' ? 0 : (to - from) * count
  sums.utilisedUs += utilisedUs * count
  sums.measuredMs += isMeasured ? (to - from) * count : 0
  sums.energyMj += energyMj * count
  sums.cost += Math.round(((to - from) * perGpuHour) / 36_000) * count
}

/** The rows of `hourly` for the hours before this one, which no further run adds to. They are taken out of `hours`. */
export function takeHours(hours: Hours, before: number): string[] {
  const lines: string[] = []
  for (const [hour, sums] of hours) {
    if (hour >= before) continue
    hours.delete(hour)
    for (const [names, sum] of sums) lines.push(hourlyLine(hour, names, sum))
  }
  return lines
}

function hourlyLine(hour: number, names: string, sums: Sums): string {
  const [account = '', user = '', model = '', currency = ''] = names.split('\t')
  const { runs, heldMs, wastedMs, utilisedUs, measuredMs, energyMj, cost } = sums
  const us = [heldMs * 1000, wastedMs * 1000, utilisedUs, measuredMs * 1000]
  return line(account, time(hour), user, model, currency, runs, ...us, energyMj, `${cost}e-10`)
}

function sumsOf(hours: Hours, hour: number, names: string): Sums {
  const ofHour: Map<string, Sums> = hours.get(hour) ?? new Map()
  const sums = ofHour.get(names) ?? emptySums()
  ofHour.set(names, sums)
  hours.set(hour, ofHour)
  return sums
}

function emptySums(): Sums {
  return { runs: 0, heldMs: 0, wastedMs: 0, utilisedUs: 0, measuredMs: 0, energyMj: 0, cost: 0 }
}

function time(at: number): string {
  return new Date(at).toISOString()
}

function line(...fields: readonly (string | number)[]): string {
  return fields.join('\t')
}
