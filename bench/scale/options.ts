// The arguments of `npm run scale`.
import { parseArgs } from 'node:util'

export interface Options {
  /** How many workers there are, step by step. */
  steps: readonly number[]
  gpusEach: number
  /** How long each part of a step is measured. */
  seconds: number
  jobsPerSecond: number
  /** Whether the report is kept. */
  isWhole: boolean
}

export const USAGE = `npm run scale -- [--steps 10,100,300,1000] [--gpus 10] [--seconds 25] [--jobs-per-second 11.6]
With none of them bench/results/scale.md is written.`

/** @throws Error that says which argument is wrong */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      steps: { type: 'string', default: '10,100,300,1000' },
      gpus: { type: 'string', default: '10' },
      seconds: { type: 'string', default: '25' },
      // A million a day.
      'jobs-per-second': { type: 'string', default: '11.6' },
    },
  })
  const steps = values.steps.split(',').map((text) => number('--steps', text, 1, 3_000))
  return {
    steps: steps.map(Math.round).toSorted((a, b) => a - b),
    gpusEach: Math.round(number('--gpus', values.gpus, 2, 64)),
    seconds: number('--seconds', values.seconds, 5, 600),
    jobsPerSecond: number('--jobs-per-second', values['jobs-per-second'], 0.1, 1_000),
    isWhole: args.length === 0,
  }
}

function number(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (value >= least && value <= most) return value
  throw new Error(`${name} must be from ${least} to ${most}`)
}
