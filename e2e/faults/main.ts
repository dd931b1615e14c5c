// The command of the harness:
//
//   npm run faults -- --fault worker-kill --seed 123 --jobs 50     one run, as it was before
//   npm run faults -- --all --seeds 5                              the long matrix, with its table
//   npm run faults -- --mutants                                    builds with a safeguard off: each is caught
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Fault, Size } from './fault.ts'
import { FAULTS, faultNamed } from './kinds.ts'
import { MUTANTS } from './mutants.ts'
import { lineOf, lineOfMutant, tableOf } from './report.ts'
import { openRig, type Rig, type RigOptions } from './rig.ts'
import { type Report, runFault } from './run-fault.ts'
import { runMutant } from './run-mutant.ts'
import { sweep } from './sweep.ts'

const { values } = parseArgs({
  options: {
    fault: { type: 'string', multiple: true },
    all: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    mutant: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    jobs: { type: 'string' },
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})

const seed = values.seed ?? randomBytes(3).toString('hex')
let rig: Rig | undefined
let opening: Promise<unknown> | undefined
const ending = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void giveUp())

await sweep()
console.log(`seed ${seed}; again with --seed ${seed}`)
const fine = values.mutants || values.mutant.length > 0 ? await catchMutants() : await runMatrix()
process.exit(fine ? 0 : 1)

async function runMatrix(): Promise<boolean> {
  const faults = values.all ? [...FAULTS.values()] : (values.fault ?? []).map(faultNamed)
  if (faults.length === 0) throw new Error(`Give --all, or --fault with one of ${[...FAULTS.keys()].join(', ')}.`)
  const seeds = Array.from({ length: whole('seeds', values.seeds) }, (_, i) => (i === 0 ? seed : `${seed}.${i}`))
  const size = values.long || (values.all && !values.short) ? 'long' : 'short'
  const reports: Report[] = []
  try {
    for (const each of seeds) for (const fault of faults) reports.push(await run(fault, each, size))
  } finally {
    await rig?.close()
  }
  console.log(`\n${tableOf(reports)}`)
  return reports.every((report) => report.violations.length === 0)
}

async function run(fault: Fault, each: string, size: Size): Promise<Report> {
  rig ??= await open(values.verbose ? { print: (line) => console.log(`  ${line}`) } : {})
  const report = await runFault(rig, fault, {
    seed: each,
    size,
    ...(values.jobs && { jobs: whole('jobs', values.jobs) }),
  })
  console.log(lineOf(report))
  // What went wrong here must not go on there.
  if (report.violations.length > 0) {
    await rig.close()
    rig = undefined
  }
  return report
}

async function catchMutants(): Promise<boolean> {
  const chosen = MUTANTS.filter(({ name }) => values.mutants || values.mutant.includes(name))
  if (chosen.length === 0) throw new Error(`Give --mutant with one of ${MUTANTS.map(({ name }) => name).join(', ')}.`)
  let allCaught = true
  for (const mutant of chosen) {
    const report = await runMutant(mutant, seed, open)
    console.log(lineOfMutant(report))
    allCaught &&= report.caughtBy !== undefined
  }
  return allCaught
}

async function open(options: RigOptions): Promise<Rig> {
  const opened = openRig({ ...options, signal: ending.signal })
  opening = opened
  rig = await opened
  return rig
}

/** Ctrl-C and the like: nothing is left behind. */
async function giveUp(): Promise<void> {
  if (ending.signal.aborted) return
  console.log('Given up; ending what was started.')
  ending.abort(new Error('given up'))
  await opening?.catch(() => undefined)
  await rig?.close().catch((error) => console.error(error))
  process.exit(1)
}

function whole(name: string, text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`--${name} must be a whole number from 1, and is ${JSON.stringify(text)}.`)
}
