// Runs whose worker has not been heard of until their lease ended: the run is lost, its GPUs are free, and
// the job waits again without losing a retry. By then the worker, if it lives, has killed its own copy.
import { inTransaction, query } from '@constellation/platform/database/database.ts'
import type { LogRecord } from '@constellation/platform/events/log-record.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { createPatience } from '@constellation/platform/patience.ts'
import { type Regular, regularly } from '@constellation/platform/regularly.ts'
import type { Pool, PoolClient } from 'pg'
import type { Announce } from './announce.ts'
import { endRuns } from './ends/end.ts'
import { leaseLosses } from './metrics/metrics.ts'
import { findLive, type LiveRun } from './sql/live.ts'
import { closeLog } from './sql/log-chunks.ts'

/** Expired leases are looked for this often, in milliseconds: it adds to how late a loss is found. */
const PERIOD_MS = 1_000
/**
 * A lease must have been seen expired for this long, in milliseconds of our own clock: if the database's clock
 * is set forward, every lease ends at once, and workers that live have the time to renew theirs.
 */
const PATIENCE_MS = 2_500
const BATCH = 100

interface ReaperOptions {
  pool: Pool
  announce: Announce
  publishLog: (record: LogRecord) => void
  log: Logger
}

/** Reaps until stopped. Several processes may do so at once. */
export function startReaper(options: ReaperOptions): Regular {
  const isRipe = createPatience(PATIENCE_MS)
  return regularly(PERIOD_MS, 'look for expired leases', options.log, () =>
    reapExpired({ ...options, choose: (expired) => isRipe(expired, performance.now()) }),
  )
}

/** Ends the runs that `choose` takes of those whose lease has ended; returns how many it ended. */
export async function reapExpired({
  pool,
  announce,
  publishLog,
  log,
  choose,
}: ReaperOptions & { choose: (expired: readonly string[]) => readonly string[] }): Promise<number> {
  const expired = await query<{ id: string }>(
    pool,
    'expired-leases',
    'SELECT run_id AS id FROM leases WHERE until < now() ORDER BY until LIMIT $1',
    [BATCH],
  )
  let reaped = 0
  for (const id of choose(expired.map((row) => row.id))) {
    try {
      const closing = await inTransaction(pool, (client) => reap(client, id))
      if (!closing) continue
      reaped += 1
      leaseLosses.inc()
      for (const record of closing) publishLog(record)
      log.warn({ runId: id }, 'a lease ended without a word from the worker')
    } catch (error) {
      // One run must not keep the others from being found; this one is tried again.
      log.error({ err: error, runId: id }, 'a run could not be reaped')
    }
  }
  if (reaped > 0) announce.queueGrew()
  return reaped
}

/** Ends one run, unless it was renewed or ended in the meantime; returns what its log has gained. */
async function reap(client: PoolClient, runId: string): Promise<LogRecord[] | null> {
  const [run] = await findLive(client, [runId])
  const endedMsAgo = run ? await lockExpired(client, run) : null
  if (!run || endedMsAgo === null) return null
  const reason = `Worker ${run.workerId} was not heard of until its lease ended.`
  const closing = await closeLog(client, { id: runId, leaseEpoch: run.epoch }, reason)
  const ending = { outcome: 'RELEASED', exitCode: null, signal: null, reason } as const
  await endRuns(client, [{ run, report: { ending, logChunks: closing.logChunks, metrics: null, endedMsAgo } }])
  return closing.records
}

/**
 * How long ago the lease ended, in milliseconds of the database's clock, which gave it: nothing ran after that. The
 * lease is locked; null where it lasts, or is no longer there.
 */
async function lockExpired(client: PoolClient, { jobId, runId }: LiveRun): Promise<number | null> {
  const [lease] = await query<{ endedMsAgo: number }>(
    client,
    'lock-expired',
    `SELECT (extract(epoch FROM now() - until) * 1000)::double precision AS "endedMsAgo" FROM leases
     WHERE job_id = $1 AND run_id = $2 AND until < now() FOR UPDATE`,
    [jobId, runId],
  )
  return lease?.endedMsAgo ?? null
}
