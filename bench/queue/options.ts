// The arguments of `npm run bench:queue`.
import { parseArgs } from 'node:util'

export const SUBJECTS = [
  'throughput',
  'latency',
  'flat-claim',
  'worker-api',
  'rest-submit',
  'first-instruction',
  'lost-worker',
] as const

/** The subjects of the report, and what is only measured when it is asked for. */
const NAMES = [...SUBJECTS, 'profile'] as const
export type Name = (typeof NAMES)[number]

export interface Options {
  jobs: number
  rounds: number
  seconds: number
  only: readonly Name[]
}

export const USAGE = `npm run bench:queue -- [--jobs 20000] [--rounds 3] [--seconds 60] [--only <name>]…
names: ${NAMES.join(', ')}; without --only all but profile run, and bench/results/queue.md is written`

/** @throws Error that says which argument is wrong */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      jobs: { type: 'string', default: '20000' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '60' },
      only: { type: 'string', multiple: true, default: [] },
    },
  })
  return {
    jobs: whole('--jobs', values.jobs, 100, 1_000_000),
    rounds: whole('--rounds', values.rounds, 1, 20),
    seconds: whole('--seconds', values.seconds, 1, 3600),
    only: values.only.map(readName),
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new Error(`${name} must be a whole number from ${least} to ${most}`)
}

function readName(text: string): Name {
  const name = NAMES.find((known) => known === text)
  if (name === undefined) throw new Error(`--only must be one of ${NAMES.join(', ')}`)
  return name
}
