// Runs of preemptible jobs make room for jobs of higher priority: their workers warn them and end them, they are queued
// again, and the GPUs are kept for the job meanwhile.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { type Regular, regularly } from '@constellation/platform/regularly.ts'
import type { Pool, PoolClient } from 'pg'
import type { Announce } from './announce.ts'
import { choosePreemptions, type Preemption } from './policy/preempt.ts'
import { lowestPreemptible, renewKept, urgentJobs, workersGpus } from './sql/preemption.ts'
import { recordEvents } from './sql/record-events.ts'
import { keepGpus } from './sql/reservations.ts'

/** How long a job of high priority waits for somebody to look, in milliseconds. */
const PERIOD_MS = 2_000

interface Options {
  pool: Pool
  announce: Announce
  log: Logger
}

/** Preempts until stopped. Of several processes one does it at a time. */
export function startPreempting(options: Options): Regular {
  return regularly(PERIOD_MS, 'look for runs to preempt', options.log, () => preemptRuns(options))
}

/** Asks for the end of runs where jobs of higher priority need their GPUs; returns what it decided. */
export async function preemptRuns({ pool, announce, log }: Options): Promise<Preemption[]> {
  const lowest = await lowestPreemptible(pool)
  if (lowest === null) return []
  const preemptions = await inTransaction(pool, async (client) => {
    if (!(await isOurTurn(client))) return []
    await renewKept(client)
    const chosen = choosePreemptions(await urgentJobs(client, lowest), await workersGpus(client))
    for (const preemption of chosen) await askForRoom(client, preemption)
    return chosen
  })
  for (const { jobId, workerId, victims } of preemptions) {
    log.info({ jobId, workerId, victims }, 'runs make room for a job of higher priority')
    announce.lookAtRuns(workerId)
  }
  return preemptions
}

async function isOurTurn(client: PoolClient): Promise<boolean> {
  const [turn] = await query<{ ours: boolean }>(
    client,
    'turn-to-preempt',
    `SELECT pg_try_advisory_xact_lock(hashtext('jobs:preempt')) AS ours`,
  )
  return turn?.ours ?? false
}

async function askForRoom(client: PoolClient, { jobId, workerId, victims }: Preemption): Promise<void> {
  const asked = await query<{ jobId: string; runId: string }>(
    client,
    'ask-for-room',
    `WITH lease AS (
       UPDATE leases SET preempted_by = $1 WHERE job_id = ANY ($2) AND preemptible AND preempted_by IS NULL RETURNING job_id, run_id
     )
     UPDATE jobs SET version = version + 1, reason = 'Makes room for a job of higher priority.' FROM lease
     WHERE id = lease.job_id RETURNING id AS "jobId", lease.run_id AS "runId"`,
    [jobId, victims],
  )
  await keepGpus(client, workerId, { jobId, inMs: Infinity })
  await recordEvents(
    client,
    asked.map((run) => ({ type: 'job.preempting', ...run })),
  )
}
