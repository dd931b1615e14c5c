// Submits what schedules are due. The jobs and the next time are written in one transaction, so that each time
// counts once, whoever else does the same; what was missed while nobody did is made up for once.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import type { Problem } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { type Regular, regularly } from '@constellation/platform/regularly.ts'
import type { Pool, PoolClient } from 'pg'
import type { Announce } from '../announce.ts'
import { refuseWhatNobodyRuns } from '../explain/refuse.ts'
import type { SubmitJobInput } from '../generated/resolvers.ts'
import { prepare } from '../submission/prepare.ts'
import { findLanes, storeWith } from '../submission/store.ts'
import { nextAfter } from './cron.ts'

/** It adds to how late a job is, in milliseconds. */
const PERIOD_MS = 1_000
/** A schedule that fails by a fault of ours is tried again after this, and does not hold up the others meanwhile. */
const PAUSE = '1 minute'

interface Due {
  account: string
  name: string
  submittedBy: string
  cron: string
  timeZone: string
  skipWhileRunning: boolean
  input: SubmitJobInput
  lastJobId: string | null
  /** By the database's clock. */
  now: Date
}

interface Options {
  pool: Pool
  announce: Announce
  log: Logger
}

/** Looks again and again until stopped. Several processes may do so at once. */
export function startSchedules(options: Options): Regular {
  return regularly(PERIOD_MS, 'look for schedules that are due', options.log, async () => {
    while (await submitDue(options));
  })
}

/** Serves the schedule that is due for longest; false where none is. */
export async function submitDue({ pool, announce, log }: Options): Promise<boolean> {
  let found: Due | undefined
  try {
    const outcome = await inTransaction(pool, async (client) => {
      found = await lockDue(client)
      return found ? serve(client, pool, found) : null
    })
    if (outcome?.submitted) announce.queueGrew()
    return outcome !== null
  } catch (error) {
    if (!found) throw error
    log.error({ err: error, schedule: found.name, account: found.account }, 'a schedule could not be served')
    await putOff(pool, found)
    return true
  }
}

async function lockDue(client: PoolClient): Promise<Due | undefined> {
  const [due] = await query<Due>(
    client,
    'lock-due-schedule',
    `SELECT account, name, submitted_by AS "submittedBy", cron, time_zone AS "timeZone",
       skip_while_running AS "skipWhileRunning", input, last_job_id AS "lastJobId", now() AS now
     FROM schedules WHERE enabled AND next_at <= now() ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
  )
  return due
}

async function serve(client: PoolClient, pool: Pool, due: Due): Promise<{ submitted: boolean }> {
  const isLeftOut = due.skipWhileRunning && due.lastJobId !== null && (await stillOpen(client, due.lastJobId))
  const outcome = isLeftOut ? null : await submit(client, pool, due)
  const lastJobId = outcome && 'jobId' in outcome ? outcome.jobId : due.lastJobId
  const lastProblem = outcome && 'problems' in outcome ? sentence(outcome.problems) : null
  await query(
    client,
    'move-schedule',
    'UPDATE schedules SET next_at = $3, last_job_id = $4, last_problem = $5 WHERE account = $1 AND name = $2',
    [due.account, due.name, nextAfter(due.cron, due.timeZone, due.now), lastJobId, lastProblem],
  )
  return { submitted: lastJobId !== due.lastJobId }
}

async function submit(client: PoolClient, pool: Pool, due: Due): Promise<{ jobId: string } | { problems: Problem[] }> {
  // What they were allowed when they saved it: jobs of their own, that this account pays.
  const who: Principal = { id: due.submittedBy, role: 'user', accounts: [due.account] }
  const prepared = await prepare(client, who, [due.input])
  if ('problems' in prepared) return prepared
  const refused = await refuseWhatNobodyRuns(client, [due.input])
  if (refused.length > 0) return { problems: refused }
  const lanes = await findLanes(pool, prepared)
  const stored = await storeWith(client, prepared, lanes, { who, key: null, schedule: due.name })
  if (stored === 'key-taken') throw new Error('A submission without a key met another of its key.')
  if ('problems' in stored) return stored
  const [first] = stored.jobs
  if (!first) throw new Error('A submission has made no job.')
  return { jobId: first.id }
}

/** True while the job, or another of its array, has not ended. */
async function stillOpen(client: PoolClient, jobId: string): Promise<boolean> {
  const rows = await query(
    client,
    'schedule-still-open',
    `SELECT FROM jobs j JOIN jobs first ON first.id = $1 AND (j.id = first.id OR j.array_id = first.array_id)
     WHERE j.state IN ('queued', 'running') LIMIT 1`,
    [jobId],
  )
  return rows.length > 0
}

async function putOff(pool: Pool, { account, name }: Due): Promise<void> {
  await query(
    pool,
    'put-off-schedule',
    `UPDATE schedules SET next_at = now() + interval '${PAUSE}', last_problem = 'It could not be submitted. It is tried again.'
     WHERE account = $1 AND name = $2 AND next_at <= now()`,
    [account, name],
  )
}

function sentence(problems: readonly Problem[]): string {
  const all = problems.map(({ path, message }) => `${path.replace(/^0\.?/, '')} ${message}`.trim()).join('; ')
  return all.slice(0, 2000)
}
