// The audit's score, as text and as the part of docs/suites.md that is about it.
import type { SuiteResult } from './run-audit.ts'

export interface Score {
  cases: number
  held: number
  /** By name: the suite and the case's place in it, from 0 on, as the audit's own reports have it. */
  failed: readonly { name: string; fault: string }[]
}

export function scoreOf(results: readonly SuiteResult[]): Score {
  const failed = results.flatMap(({ suite, faults }) =>
    faults.flatMap((fault, i) => (fault === undefined ? [] : [{ name: `${suite}_${i}`, fault }])),
  )
  const cases = results.reduce((sum, { faults }) => sum + faults.length, 0)
  return { cases, held: cases - failed.length, failed }
}

const BEGIN = '<!-- federation audit: begin -->'
const END = '<!-- federation audit: end -->'

/** The page with this score in the place of the one before. @throws Error where the page has no place for it */
export function withScore(page: string, { cases, held, failed }: Score, suites: number): string {
  const [before, rest] = page.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error('The page has no place for the score.')
  const failures = failed.length === 0 ? ['None.'] : failed.map(({ name }) => `- \`${name}\``)
  const table = [
    '| suites | cases | hold | fail |',
    '| - | - | - | - |',
    `| ${suites} | ${cases} | ${held} | ${failed.length} |`,
  ]
  return `${before}${BEGIN}\n\n${table.join('\n')}\n\nCases that fail:\n\n${failures.join('\n')}\n\n${END}${after}`
}
