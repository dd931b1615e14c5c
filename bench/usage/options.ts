// The arguments of `npm run bench:usage`.
import { parseArgs } from 'node:util'

/** The parts of the report. */
const NAMES = ['fill', 'anew', 'side-by-side', 'growth', 'latency', 'fresh'] as const
type Name = (typeof NAMES)[number]

export interface Options {
  /** Sizes of the ledger, the smallest first. */
  runs: readonly number[]
  only: readonly Name[]
  /** Whether the report is that of all parts, which is kept. */
  isWhole: boolean
}

export const USAGE = `npm run bench:usage -- [--runs 5000000,20000000] [--only <name>]…
names: ${NAMES.join(', ')}; without --only bench/results/usage.md is written`

/** @throws Error that says which argument is wrong */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string', multiple: true, default: ['5000000,20000000'] },
      only: { type: 'string', multiple: true, default: [] },
    },
  })
  const runs = values.runs.flatMap((some) => some.split(',').map(readRuns))
  const isWhole = values.only.length === 0
  return { runs: runs.toSorted((a, b) => a - b), only: isWhole ? NAMES : values.only.map(readName), isWhole }
}

function readRuns(text: string): number {
  const runs = Number(text)
  if (Number.isInteger(runs) && runs >= 1_000 && runs <= 20_000_000) return runs
  throw new Error('--runs must be a whole number from 1000 to 20000000')
}

function readName(text: string): Name {
  const name = NAMES.find((known) => known === text)
  if (name === undefined) throw new Error(`--only must be one of ${NAMES.join(', ')}`)
  return name
}
