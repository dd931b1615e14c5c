// Whether all that says how much was used says the same: the ledger, its sums, its files, the jobs service, and what the
// GPUs themselves have measured. All is read as it was at one instant.
import type { PoolClient } from 'pg'
import { readManifest } from '../lake/manifest.ts'
import { type Differences, reconciledBy } from './differences.ts'
import { energyCompared, energyDifferences } from './energy.ts'
import { compareFiles } from './lake-files.ts'
import {
  dailyDifferences,
  dueSlices,
  hourlyDifferences,
  netSlices,
  sliceDifferences,
  sumsByDay,
  sumsByHour,
} from './net.ts'
import { openPool } from './open-pool.ts'
import { runDifferences, runsCompared } from './runs.ts'
import { UNDER_WAY_SECONDS } from './snapshot.ts'

/** @param directory of the lake; without it the files are left out */
export async function reconcile(adminUrl: string, directory?: string): Promise<Differences[]> {
  const pool = openPool(adminUrl, 'usage')
  const client = await pool.connect()
  try {
    // What it speaks of stays for a while, and what is entered after it is not in it.
    const manifest = directory === undefined ? undefined : await readManifest(directory)
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const inDatabase = await compareTables(client)
    const inFiles = directory && manifest ? await compareFiles(client, directory, manifest) : []
    return [...inDatabase, ...inFiles]
  } finally {
    client.release(true)
    await pool.end()
  }
}

/** Runs whose slices may be on their way: what happened just now, and what a new price is still to be applied to. */
const UNDER_WAY = `SELECT run_id FROM runs WHERE greatest(started_at, finished_at) > now() - interval '${UNDER_WAY_SECONDS} s'
  UNION ALL SELECT s.run_id FROM repricings p JOIN slices s
    ON s.hour >= p.from_hour AND p.model IN ('*', s.model) AND s.run_id > p.done_to`

function settled(slices: string): string {
  return `SELECT * FROM (${slices}) s WHERE run_id NOT IN (${UNDER_WAY})`
}

async function compareTables(client: PoolClient): Promise<Differences[]> {
  return [
    await reconciledBy(
      client,
      'slices, against what their runs should have',
      sliceDifferences(settled(netSlices('slices')), settled(dueSlices('due_slices'))),
      `SELECT format('%s slices; %s runs are under way', (SELECT count(*) FROM slices),
         (SELECT count(DISTINCT run_id) FROM (${UNDER_WAY}) u)) AS compared`,
    ),
    await reconciledBy(
      client,
      'sums by hour, against slices',
      hourlyDifferences('SELECT * FROM hourly', sumsByHour('slices', 'runs')),
      countOfRows('hourly'),
    ),
    await reconciledBy(
      client,
      'sums by day, against sums by hour',
      dailyDifferences('SELECT * FROM daily', sumsByDay('hourly')),
      countOfRows('daily'),
    ),
    await reconciledBy(
      client,
      'runs of the ledger, against those of the jobs service',
      runDifferences(),
      runsCompared(),
    ),
    await reconciledBy(client, 'energy by run, against what its GPUs measured', energyDifferences(), energyCompared()),
  ]
}

function countOfRows(table: string): string {
  return `SELECT count(*) || ' sums' AS compared FROM ${table}`
}
