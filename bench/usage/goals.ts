// What was aimed at, beside what was measured.
import type { Section } from '../queue/section.ts'
import { ratio, rounded } from '../queue/statistics.ts'
import type { Measured } from './measured.ts'

interface Goal {
  what: string
  goal: string
  /** Undefined where it was not measured. */
  value(measured: Measured): { text: string; isReached: boolean } | undefined
}

const atLeast = (least: number, value: number | undefined, text: (value: number) => string) =>
  value === undefined ? undefined : { text: text(value), isReached: value >= least }
const below = (most: number, value: number | undefined, unit: string) =>
  value === undefined ? undefined : { text: `${rounded(value)} ${unit}`, isReached: value < most }

const cheaper = (what: string, title: string, goal: number): Goal => ({
  what: `${what}: times less CPU than PostgreSQL over runs`,
  goal: `${goal} ×`,
  value({ compared }) {
    const found = compared?.find((comparison) => comparison.title === title)
    return found && { text: ratio(found.postgresMs, found.lakeMs), isReached: found.postgresMs >= goal * found.lakeMs }
  },
})
const timed = (what: string, percentile: 'p50' | 'p95', limitMs: number): Goal => ({
  what: `thirty days: ${what}, ${percentile}`,
  goal: `${limitMs} ms`,
  value: ({ times }) => {
    const found = times?.find((time) => time.what === what)
    return below(limitMs, percentile === 'p50' ? found?.p50Ms : found?.p95Ms, 'ms')
  },
})

/** `titles` are those of what was compared, in the order of all time, thirty days and the leaderboard. */
export function goalsSection(
  all: readonly Measured[],
  titles: { allTime: string; month: string; board: string },
): Section {
  const goals: Goal[] = [
    cheaper('four dimensions, all time', titles.allTime, 30),
    cheaper('four dimensions, 30 days', titles.month, 60),
    cheaper('leaderboard, 30 days', titles.board, 80),
    timed('all of these', 'p95', 150),
    timed('the card of one account', 'p50', 5),
    {
      what: 'filling the lake',
      goal: '100,000 runs/s',
      value: ({ runs, filled }) =>
        atLeast(100_000, filled && runs / (filled.fillMs / 1000), (rate) => `${rounded(rate)} runs/s`),
    },
    { what: 'from the end of a run to the answer, the longest', goal: '5 s', value: freshness },
    { what: 'memory of the service, the most', goal: '1 GB', value: ({ memoryMb }) => below(954, memoryMb, 'MiB') },
    {
      what: 'memory while the lake is made and asked, the most',
      goal: '1 GB',
      value: ({ anew }) => below(954, anew?.memoryMb, 'MiB'),
    },
    growth('four dimensions, all time', titles.allTime),
    growth('four dimensions, 30 days', titles.month),
  ]
  const rows = goals.map(({ what, goal, value }) => [what, goal, ...all.map((measured) => cell(value(measured)))])
  return {
    title: 'Goals',
    method: 'What was aimed at, and what came of it; the sections below say how each was measured.',
    head: ['what', 'goal', ...all.map(({ runs }) => `${runs.toLocaleString('en')} runs`)],
    rows: rows.filter(([, , ...cells]) => cells.some((text) => text !== '')),
  }
}

function freshness({ fresh }: Measured) {
  return below(5, fresh && fresh.mostMs / 1000, 's')
}

/** From the smallest ledger: all time at most as the ledger has grown, thirty days, of which there are as many, not. */
function growth(what: string, title: string): Goal {
  const isAllTime = title.includes('all time')
  return {
    what: `${what}: growth of its CPU`,
    goal: isAllTime ? 'as the ledger' : 'none (1.3 ×)',
    value(measured) {
      const found = measured.growth?.find((growth) => growth.title === title)
      if (!found) return undefined
      const { from, to } = found
      return { text: ratio(to.ms, from.ms), isReached: to.ms <= (isAllTime ? to.runs / from.runs : 1.3) * from.ms }
    },
  }
}

function cell(value: ReturnType<Goal['value']>): string {
  if (!value) return ''
  return value.isReached ? value.text : `**${value.text}**, not reached`
}
