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

/** As its published results count them. */
const WHOLE = { suites: 46, cases: 199 }

const BEGIN = '<!-- federation audit: begin -->'
const END = '<!-- federation audit: end -->'

/** The page with this score in the place of the one before. @throws Error where the page has no place for it */
export function withScore(page: string, score: Score, suites: number): string {
  const [before, rest] = page.split(BEGIN)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) throw new Error('The page has no place for the score.')
  const parts = [BEGIN, extentOf(score, suites), tableOf(score, suites), failuresOf(score), END]
  return `${before}${parts.join('\n\n')}${after}`
}

/** How much of the audit there was to ask. */
function extentOf({ cases }: Score, suites: number): string {
  return cases < WHOLE.cases
    ? `Of the audit's ${WHOLE.cases} cases in ${WHOLE.suites} suites, ${cases} in ${suites} were at hand:`
    : `All of the audit's ${WHOLE.cases} cases were at hand:`
}

function tableOf({ cases, held, failed }: Score, suites: number): string {
  const titles = ['suites', 'cases', 'hold', 'fail']
  const values = [suites, cases, held, failed.length].map((value, i) => String(value).padEnd(titles[i]?.length ?? 0))
  const line = titles.map((title) => '-'.repeat(title.length))
  return [titles, line, values].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function failuresOf({ failed }: Score): string {
  if (failed.length === 0) return 'No case fails.'
  return `Cases that fail, by their suites and their places in them from 0 on:\n\n${failed.map(({ name }) => `- \`${name}\``).join('\n')}`
}
