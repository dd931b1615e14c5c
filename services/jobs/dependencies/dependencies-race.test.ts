import { query } from '@constellation/platform/database/database.ts'
import { expect, test } from 'vitest'
import { cancelJob } from '../cancelling/cancel.ts'
import { cancelArray } from '../cancelling/cancel-array.ts'
import { claimRuns } from '../claim.ts'
import { finishRuns } from '../finish.ts'
import { submitJobs } from '../submit.ts'
import { alice, leaseOf, useBench, worker } from '../testing.ts'

const bench = await useBench()

const ACTORS = 6
const TURNS = 60

test('whatever ends while others submit, claim and cancel, nobody waits for what has ended, and nobody for nothing', async () => {
  const known: string[] = []
  await Promise.all(Array.from({ length: ACTORS }, () => act(known)))
  const { pool } = bench.database
  const counted = await query<{ jobs: number }>(pool, null, 'SELECT count(*)::integer AS jobs FROM jobs')
  expect(counted[0]?.jobs).toBeGreaterThan(ACTORS * 10)
  expect(await query(pool, null, WRONG_COUNTS)).toEqual([])
  expect(await query(pool, null, DOOMED)).toEqual([])
  expect(await query(pool, null, NOWHERE)).toEqual([])
}, 60_000)

/** Places in the queue that wait for another number of jobs than have not ended. */
const WRONG_COUNTS = `SELECT q.job_id, q.waiting_on, open.jobs FROM queue q CROSS JOIN LATERAL (
    SELECT count(*) AS jobs FROM dependencies d JOIN jobs j ON j.id = d.on_job_id
    WHERE d.job_id = q.job_id AND j.state IN ('queued', 'running')) open
  WHERE q.waiting_on <> open.jobs`
/** Jobs that wait for one to complete that has ended otherwise. */
const DOOMED = `SELECT q.job_id FROM queue q JOIN dependencies d ON d.job_id = q.job_id JOIN jobs j ON j.id = d.on_job_id
  WHERE d.rule = 'completed' AND j.state IN ('failed', 'cancelled')`
/** Jobs that have not ended and neither wait nor run, or both; and those that have ended and do. */
const NOWHERE = `SELECT id, state FROM jobs j
  WHERE (state IN ('queued', 'running'))::integer
    <> (SELECT count(*) FROM queue WHERE job_id = j.id) + (SELECT count(*) FROM leases WHERE job_id = j.id)`

async function act(known: string[]): Promise<void> {
  const some = (most: number) => known.filter(() => Math.random() < most / known.length).slice(0, most)
  for (let turn = 0; turn < TURNS; turn++) {
    const choice = Math.random()
    if (choice < 0.45) await submitSome(some(3), known)
    else if (choice < 0.8) await runSome()
    else if (choice < 0.95) for (const id of some(1)) await cancelJob(bench.as(alice), id)
    else await cancelSomeArray()
  }
}

async function submitSome(others: string[], known: string[]): Promise<void> {
  const command = ['true']
  const result = await submitJobs(bench.as(alice), [
    { command, ref: 'last', dependsOn: ['middle'], after: others },
    { command, ref: 'middle', dependsOn: ['first'], array: Math.random() < 0.3 ? { count: 4, maxParallel: 2 } : null },
    { command, ref: 'first', [Math.random() < 0.5 ? 'after' : 'dependsOn']: others },
  ])
  if ('jobs' in result) known.push(...result.jobs.map(({ id }) => id))
  // Among the others may be one that has failed: that is no job then.
  else expect(result.problems[0]?.message).toMatch(/would never start/)
}

async function runSome(): Promise<void> {
  const claims = await claimRuns(bench.as(worker), { gpuIds: [], cpuSlots: 1 + Math.floor(Math.random() * 6) })
  const ends = claims.map((claim) => ({
    ...leaseOf(claim),
    outcome: Math.random() < 0.1 ? ('RELEASED' as const) : ('EXITED' as const),
    exitCode: Math.random() < 0.3 ? 1 : 0,
    endedMsAgo: 0,
    logChunks: 0,
  }))
  if (ends.length > 0) await finishRuns(bench.as(worker), ends)
}

async function cancelSomeArray(): Promise<void> {
  const [found] = await query<{ id: string }>(
    bench.database.pool,
    null,
    `SELECT array_id AS id FROM jobs WHERE array_id IS NOT NULL AND state = 'queued' LIMIT 1`,
  )
  if (found) await cancelArray(bench.as(alice), found.id)
}
