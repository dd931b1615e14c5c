// The ledger that was made anew, held against the one that stands.
import type { Pool } from 'pg'
import { type Differences, differencesBy } from './differences.ts'
import { differing, hourlyDifferences, netSlices, sliceDifferences } from './net.ts'

const SETTLED = 'run_id NOT IN (SELECT run_id FROM under_way)'

/** SELECTs of what differs, each with the ids that whoever mends it needs. */
export const DIFFERENT = {
  runs: differing(`SELECT * FROM stood_runs WHERE ${SETTLED}`, `SELECT * FROM runs WHERE ${SETTLED}`, {
    key: ['run_id'],
    values: [
      ...['job_id', 'attempt', 'account', 'submitted_by', 'queued_at', 'started_at', 'finished_at', 'outcome'],
      ...['utilisation', 'energy_joules'],
    ],
    name: `'run ' || run_id`,
    columns: 'run_id',
  }),
  gpus: differing(`SELECT * FROM stood_run_gpus WHERE ${SETTLED}`, `SELECT * FROM run_gpus WHERE ${SETTLED}`, {
    key: ['run_id', 'gpu_id'],
    values: ['model', 'simulated'],
    name: `format('GPU %s of run %s', gpu_id, run_id)`,
    columns: 'run_id, gpu_id',
  }),
  slices: sliceDifferences(
    `SELECT * FROM stood_slices WHERE ${SETTLED}`,
    `SELECT * FROM (${netSlices('slices')}) n WHERE ${SETTLED}`,
  ),
}

/** What differs of runs, their GPUs, slices, sums by hour and capacity. */
export async function compareLedgers(scratch: Pool, settledAt: Date): Promise<Differences[]> {
  const client = await scratch.connect()
  try {
    return [
      await differencesBy(client, 'runs', DIFFERENT.runs),
      await differencesBy(client, 'GPUs of runs', DIFFERENT.gpus),
      await differencesBy(client, 'slices', DIFFERENT.slices),
      await differencesBy(client, 'sums by hour', hourly()),
      await differencesBy(client, 'capacity: GPUs', factDifferences('gpu'), [settledAt]),
      await differencesBy(client, 'capacity: workers', factDifferences('worker'), [settledAt]),
    ]
  } finally {
    client.release()
  }
}

/** Sums of hours in which something is under way are left out. */
function hourly(): string {
  const unsettled = `SELECT FROM under_way u JOIN runs r USING (run_id) WHERE r.account = d.account
    AND d.hour BETWEEN date_trunc('hour', r.started_at, 'UTC') AND coalesce(r.finished_at, now())`
  const all = hourlyDifferences('SELECT * FROM stood_hourly', 'SELECT * FROM hourly')
  return `SELECT example FROM (${all}) d WHERE NOT EXISTS (${unsettled})`
}

const FACTS = {
  gpu: ['at', 'model', 'worker_id', 'present', 'usable'],
  worker: ['at', 'usable'],
} as const

/** Facts of before $1; the log may have been cut off at its beginning. */
export function factDifferences(of: keyof typeof FACTS): string {
  const id = `${of}_id`
  const table = `${of}_facts`
  const settled = 'at <= $1 AND event >= coalesce((SELECT min(id) FROM gpus.events), 0)'
  return differing(`SELECT * FROM stood_${table} WHERE ${settled}`, `SELECT * FROM ${table} WHERE ${settled}`, {
    key: [id, 'event'],
    values: FACTS[of],
    name: `format('${of} %s, event %s', ${id}, event)`,
    columns: `${id}, event`,
  })
}
