// What a reconciliation has found, for Prometheus: no process of the service, but the command tells it, in a file that a
// node exporter's textfile collector reads.
import { rename, writeFile } from 'node:fs/promises'
import { Gauge, Registry } from 'prom-client'
import type { Differences } from '../reckoning/differences.ts'

/** Apart from what the service tells of itself. */
export const reckoned = new Registry()

const differences = new Gauge({
  name: 'constellation_ledger_differences',
  help: 'Entries that two records of the same thing do not agree on, by what was compared, as of the last usage:reconcile.',
  labelNames: ['what'],
  registers: [reckoned],
})

const reconciledAt = new Gauge({
  name: 'constellation_ledger_reconciled_timestamp_seconds',
  help: 'When usage:reconcile was done the last time.',
  registers: [reckoned],
})

/** Writes the file in one move, as it may be read at any time. */
export async function tellDifferences(file: string, found: readonly Differences[], at: Date): Promise<void> {
  differences.reset()
  for (const { what, count } of found) differences.set({ what }, count)
  reconciledAt.set(at.getTime() / 1_000)
  const draft = `${file}.${process.pid}`
  await writeFile(draft, await reckoned.metrics())
  await rename(draft, file)
}
