// The command of the harness:
//
//   node e2e/faults/main.ts --seed 123 --fault worker-kill --jobs 50     one run, as it was before
//   node e2e/faults/main.ts --all --seeds 5                              the long matrix, with its table
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Fault } from './fault.ts'
import { FAULTS, faultNamed } from './kinds.ts'
import { lineOf, tableOf } from './report.ts'
import { openRig, type Rig } from './rig.ts'
import { type Report, runFault } from './run-fault.ts'

const { values } = parseArgs({
  options: {
    fault: { type: 'string', multiple: true },
    all: { type: 'boolean', default: false },
    seed: { type: 'string' },
    seeds: { type: 'string', default: '1' },
    jobs: { type: 'string' },
    short: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})

const faults = values.all ? [...FAULTS.values()] : (values.fault ?? []).map(faultNamed)
if (faults.length === 0) throw new Error(`Give --all, or --fault with one of ${[...FAULTS.keys()].join(', ')}.`)
const first = values.seed ?? randomBytes(3).toString('hex')
const seeds = Array.from({ length: whole('seeds', values.seeds) }, (_, i) => (i === 0 ? first : `${first}.${i}`))
const size = values.all && !values.short ? 'long' : 'short'
console.log(`seed ${first}; again with --seed ${first}`)

const reports: Report[] = []
let rig: Rig | undefined
try {
  for (const seed of seeds) for (const fault of faults) reports.push(await run(fault, seed))
} finally {
  await rig?.close()
}
console.log(`\n${tableOf(reports)}`)
if (reports.some((report) => report.violations.length > 0)) process.exitCode = 1

async function run(fault: Fault, seed: string): Promise<Report> {
  rig ??= await openRig(values.verbose ? { print: (line) => console.log(`  ${line}`) } : {})
  const report = await runFault(rig, fault, { seed, size, ...(values.jobs && { jobs: whole('jobs', values.jobs) }) })
  console.log(lineOf(report))
  // What went wrong here must not go on there.
  if (report.violations.length > 0) {
    await rig.close()
    rig = undefined
  }
  return report
}

function whole(name: string, text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`--${name} must be a whole number from 1, and is ${JSON.stringify(text)}.`)
}
