// What the harness prints: a line for each run of it, and a table at the end.
import { describe } from './check.ts'
import type { Invariant, Violation } from './history.ts'
import type { Report } from './run-fault.ts'
import type { MutantReport } from './run-mutant.ts'

/** Violations that are shown of one run; the rest is counted. */
const SHOWN = 10

export function lineOf({ fault, seed, jobs, runs, skipped, violations, notes, evidence, seconds }: Report): string {
  if (skipped !== undefined) return `- ${fault}: skipped, ${skipped}`
  const head = `${violations.length === 0 ? '✓' : '✗'} ${fault}, seed ${seed}: ${jobs} jobs, ${runs} runs, ${seconds.toFixed(1)} s`
  const more = violations.length > SHOWN ? [`and ${violations.length - SHOWN} more`] : []
  const faults = [...violations.slice(0, SHOWN).map(describe), ...more].map((line) => `    ${line}`)
  if (evidence !== undefined) faults.push(`    what it left is in ${evidence}`)
  return [notes.length > 0 ? `${head} (${notes.join('; ')})` : head, ...faults].join('\n')
}

/** One line for a mutant: by what it was caught, or that it survived. */
export function lineOfMutant({ mutant, fault, seed, caughtBy, violations, seconds }: MutantReport): string {
  const where = `${mutant} under ${fault}, seed ${seed}`
  const took = `${seconds.toFixed(1)} s`
  if (caughtBy !== undefined) return `✓ ${where}, ${took}: caught by ${caughtBy} (of ${violations.length})`
  return [`✗ ${where}, ${took}: survived`, ...violations.slice(0, SHOWN).map((found) => `    ${describe(found)}`)].join(
    '\n',
  )
}

const COLUMNS = [
  'fault',
  'seeds',
  'jobs',
  'runs',
  'lost',
  'overlapping',
  'double-bound',
  'event gaps',
  'other',
] as const

/** Faults × seeds × jobs, and what was found: one row for each fault, and one for all. */
export function tableOf(reports: readonly Report[]): string {
  const names = [...new Set(reports.map((report) => report.fault))]
  const rows = names.map((name) =>
    rowOf(
      name,
      reports.filter((report) => report.fault === name),
    ),
  )
  const all = rowOf('all', reports)
  const lines = [COLUMNS.map(String), ...rows, all]
  const widths = COLUMNS.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  return lines
    .map((line) =>
      line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    )
    .join('\n')
}

function rowOf(name: string, reports: readonly Report[]): string[] {
  const tried = reports.filter((report) => report.skipped === undefined)
  if (tried.length === 0) return [name, 'skipped', '', '', '', '', '', '', '']
  const sum = (of: (report: Report) => number) => String(tried.reduce((total, report) => total + of(report), 0))
  const count =
    (...invariants: Invariant[]) =>
    (report: Report) =>
      report.violations.filter((violation: Violation) => invariants.includes(violation.invariant)).length
  return [
    name,
    String(tried.length),
    sum((report) => report.jobs),
    sum((report) => report.runs),
    sum(count('I1', 'I2')),
    sum(count('I3')),
    sum(count('I4')),
    sum(count('I5')),
    sum(count('I6', 'I7', 'I8')),
  ]
}
