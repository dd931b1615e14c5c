// What is drawn and ordered by: one choice for the chart and the table.
import type { AmountFragment, PartAmountFragment, UsageOrder } from '../generated/documents.ts'
import { sayGpuHours, sayGpuSeconds, sayMoney, sayPercent } from '../shared/amounts.ts'
import { LANGUAGE, sayWhole } from '../shared/language.ts'
import { onceUsed } from '../shared/once-used.ts'

export const MEASURES = ['time', 'cost', 'wasted', 'runs'] as const
export type Measure = (typeof MEASURES)[number]

/** By what the server puts the largest first. */
export const ORDERS: Record<Measure, UsageOrder> = { time: 'GPU_TIME', cost: 'COST', wasted: 'GPU_TIME', runs: 'RUNS' }

/** The unit in which GPU time reads well. */
export type TimeUnit = 'hours' | 'seconds'

const HOUR_SECONDS = 3600

/** Hours, unless all of it is less than one. */
export function unitFor(gpuSeconds: number): TimeUnit {
  return gpuSeconds >= HOUR_SECONDS ? 'hours' : 'seconds'
}

/** GPU time given in seconds as a number of the unit, as people read it. */
export function sayTime(gpuSeconds: number, unit: TimeUnit): string {
  return unit === 'hours' ? sayGpuHours(gpuSeconds / HOUR_SECONDS) : sayGpuSeconds(gpuSeconds)
}

/** How much there is of the measure: GPU-seconds, attempts, or money of the currency. */
export function amountOf(usage: PartAmountFragment, measure: Measure, currency: string | undefined): number {
  if (measure === 'runs') return usage.runs
  if (measure === 'wasted') return usage.wastedGpuSeconds ?? 0
  if (measure === 'time') return usage.gpuSeconds
  return Number(usage.cost?.find((money) => money.currency === currency)?.amount ?? 0)
}

/** An amount of the measure in words, with no unit of time. */
export function sayAmount(amount: number, measure: Measure, unit: TimeUnit, currency: string | undefined): string {
  if (measure === 'runs') return sayWhole(amount)
  return measure === 'cost' ? sayMoney(amount, currency ?? 'EUR') : sayTime(amount, unit)
}

/** The same for an axis, whose numbers are round. */
export function sayRound(amount: number, measure: Measure, unit: TimeUnit, currency: string | undefined): string {
  if (amount < 10 * unitSize(measure, unit)) return sayAmount(amount, measure, unit, currency)
  if (measure !== 'cost') return sayWhole(amount / unitSize(measure, unit))
  const money = { style: 'currency', currency: currency ?? 'EUR', maximumFractionDigits: 0 } as const
  return new Intl.NumberFormat(LANGUAGE, money).format(amount)
}

/** How much is one on the axis of the measure: GPU time is kept in seconds. */
export function unitSize(measure: Measure, unit: TimeUnit): number {
  return (measure === 'time' || measure === 'wasted') && unit === 'hours' ? HOUR_SECONDS : 1
}

/** How long attempts waited: half of them less than the first, 19 of 20 less than the second. */
export function sayWait(wait: AmountFragment['queueWait']): string | undefined {
  return wait ? `${sayBriefly(wait.p50Seconds)} / ${sayBriefly(wait.p95Seconds)}` : undefined
}

function sayBriefly(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`
  if (seconds < HOUR_SECONDS) return `${Math.round(seconds / 60)} min`
  return `${upToOneDecimal().format(seconds / HOUR_SECONDS)} h`
}

/** The currency of which there is the largest amount. */
export function mainCurrency(cost: PartAmountFragment['cost']): string | undefined {
  return (cost ?? []).toSorted((a, b) => Number(b.amount) - Number(a.amount))[0]?.currency
}

/** What it cost, in all its currencies; undefined where there was no price. */
export function sayCosts(cost: PartAmountFragment['cost']): string | undefined {
  if (!cost || cost.length === 0) return undefined
  return cost.map(({ amount, currency }) => sayMoney(Number(amount), currency)).join(' + ')
}

/** `42 %`; undefined of nothing. */
export function sayShare(part: number | null, of: number | null): string | undefined {
  return part === null || !of ? undefined : sayPercent(part / of)
}

const upToOneDecimal = onceUsed(() => new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1 }))
