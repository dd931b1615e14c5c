// The short matrix: some of the faults, one seed each, on one stack of real processes. All of them, and more seeds, by
// `npm run faults -- --all --seeds 5`; README.md beside this file has the rest.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faultNamed } from './kinds.ts'
import { MUTANTS } from './mutants.ts'
import { lineOf, lineOfMutant, tableOf } from './report.ts'
import { openRig, type Rig } from './rig.ts'
import { type Report, runFault } from './run-fault.ts'
import { runMutant } from './run-mutant.ts'
import { sweep } from './sweep.ts'

const SEED = '1'
/** Quick ones that differ: a worker, a service, each of the servers, the network, the queue and the messages. */
const CHOSEN = [
  'worker-kill',
  'subgraph-kill',
  'postgres-kill',
  'nats-kill',
  'worker-partition',
  'duplicate-messages',
  'twin-worker',
  'fork-storm',
  'idempotency',
]
/** Caught soon and with the first seed; `npm run faults -- --mutants` has them all. */
const QUICK_MUTANTS = ['lease-check-off', 'relay-forgets', 'idempotency-off']

const ONE_LIMIT_MS = 240_000

describe('no job is lost and none runs twice when a fault strikes', () => {
  const reports: Report[] = []
  let rig: Rig | undefined
  beforeAll(sweep, 60_000)
  afterAll(async () => {
    await rig?.close()
    console.log(
      `Faults, seed ${SEED}; one of them again by: npm run faults -- --fault <name> --seed ${SEED}\n${tableOf(reports)}`,
    )
  }, 120_000)

  test.each(CHOSEN)('%s', { timeout: ONE_LIMIT_MS }, async (name) => {
    rig ??= await openRig()
    const report = await runFault(rig, faultNamed(name), { seed: SEED, size: 'short' })
    reports.push(report)
    if (report.violations.length > 0) {
      // What went wrong here must not go on in the next.
      await rig.close()
      rig = undefined
    }
    expect(report.violations, lineOf(report)).toEqual([])
    expect(report.skipped ?? report.runs, lineOf(report)).not.toBe(0)
  })
})

describe('a build with a safeguard off is caught', () => {
  test.each(QUICK_MUTANTS)('%s', { timeout: ONE_LIMIT_MS }, async (name) => {
    const mutant = MUTANTS.find((one) => one.name === name)
    if (!mutant) throw new Error(`There is no mutant ${name}.`)
    const report = await runMutant(mutant, SEED)
    expect(report.caughtBy, lineOfMutant(report)).toBeDefined()
  })
})
