// Runs a fault on a build with a safeguard switched off, until what is wrong with that is seen.

import type { Violation } from './history.ts'
import { faultNamed } from './kinds.ts'
import type { Mutant } from './mutants.ts'
import { openRig, type Rig, type RigOptions } from './rig.ts'
import { runFault } from './run-fault.ts'

/** Chance may spare a mutant: it is given so many. */
const MOST_SEEDS = 6

export interface MutantReport {
  mutant: string
  fault: string
  /** The seed of the last run. */
  seed: string
  /** The first violation of an invariant that it was to break; undefined where it survived. */
  caughtBy: string | undefined
  /** All that was found in that run. */
  violations: readonly Violation[]
  seconds: number
}

/** `open` may keep the rig, for whoever has to close it early. @throws Error where the mutant does not fit the sources */
export async function runMutant(
  mutant: Mutant,
  seed: string,
  open: (options: RigOptions) => Promise<Rig> = openRig,
): Promise<MutantReport> {
  const began = performance.now()
  const fault = faultNamed(mutant.fault)
  const report: MutantReport = {
    mutant: mutant.name,
    fault: fault.name,
    seed,
    caughtBy: undefined,
    violations: [],
    seconds: 0,
  }
  for (let i = 0; i < MOST_SEEDS && report.caughtBy === undefined; i++) {
    report.seed = i === 0 ? seed : `${seed}.${i}`
    const rig = await open({ edits: mutant.edits })
    try {
      for (const statement of mutant.statements) await rig.jobs.query(statement)
      // What it breaks may keep jobs from ending: that is not waited for.
      const { violations, skipped } = await runFault(rig, fault, {
        seed: report.seed,
        size: 'short',
        limitMs: 10_000,
        settleMs: 5_000,
        keep: false,
      })
      if (skipped !== undefined) throw new Error(`${fault.name} cannot be had here: ${skipped}`)
      const found = violations.find(({ invariant }) => mutant.breaks.includes(invariant))
      report.caughtBy = found && `${found.invariant} ${found.what}`
      report.violations = violations
    } finally {
      await rig.close()
    }
  }
  report.seconds = (performance.now() - began) / 1_000
  return report
}
