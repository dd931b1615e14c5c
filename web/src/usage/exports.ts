// What the page knows of files of the ledger.
import type { TimeRangeInput, UsageExportFormat, UsageExportState } from '../generated/documents.ts'
import { LANGUAGE } from '../shared/language.ts'
import { onceUsed } from '../shared/once-used.ts'
import { type Stretch, toInput } from './range.ts'

const HOUR_MS = 3_600_000

export const EXPORT_FORMATS = [
  'PARQUET',
  'CSV',
  'ARROW',
  'FOCUS',
  'FOCUS_PARQUET',
] as const satisfies readonly UsageExportFormat[]

/** Whether more is to come of it. */
export function isUnderWay({ state }: { state: UsageExportState }): boolean {
  return state === 'QUEUED' || state === 'WRITING'
}

/** The stretch in full hours of UTC, which holds all of it: in some zones days begin within an hour. */
export function fullHours({ from, to }: Stretch): TimeRangeInput | null {
  if (from === null) return null
  return toInput({ from: Math.floor(from / HOUR_MS) * HOUR_MS, to: Math.ceil(to / HOUR_MS) * HOUR_MS })
}

/** A file's size: `840 B`, `12.5 kB`, `1.2 MB`. */
export function sayBytes(bytes: number): string {
  const [unit, size] = UNITS.find(([, each]) => bytes >= each) ?? UNITS[UNITS.length - 1] ?? ['B', 1]
  return `${upToOneDecimal().format(bytes / size)} ${unit}`
}

const UNITS: readonly (readonly [string, number])[] = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
  ['B', 1],
]
const upToOneDecimal = onceUsed(() => new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 1 }))
