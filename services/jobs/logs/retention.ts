// What is kept no longer: the logs of runs and, where that is wished for, jobs with their whole history.
import type { Logger } from '@constellation/platform/log.ts'
import { type Regular, regularly } from '@constellation/platform/regularly.ts'
import type { Pool } from 'pg'
import {
  type Candidate,
  deleteChunks,
  deleteEvents,
  deleteJobs,
  expireLogs,
  oldJobs,
  runsOf,
  runsWithOldLogs,
} from '../sql/retention.ts'

/** Days are not counted to the minute. In milliseconds. */
const PERIOD_MS = 60_000
/** Runs or jobs at a time. */
const BATCH = 100
/** Comes before every id. */
const NIL = '00000000-0000-0000-0000-000000000000'

/** How long things are kept after their end, in seconds; null for ever. */
export interface Keeping {
  logSeconds: number | null
  jobSeconds: number | null
}

interface RetentionOptions {
  pool: Pool
  keep: Keeping
  log: Logger
}

/** How many runs lost their log, and how many jobs are gone. */
export interface Swept {
  logs: number
  jobs: number
}

/** From days, as they are configured, where 0 stands for ever. */
export function keepingOf(config: { LOG_RETENTION_DAYS: number; JOB_RETENTION_DAYS: number }): Keeping {
  const seconds = (days: number) => (days === 0 ? null : days * 86_400)
  return { logSeconds: seconds(config.LOG_RETENTION_DAYS), jobSeconds: seconds(config.JOB_RETENTION_DAYS) }
}

/** Sweeps until stopped. Several processes may do so at once. */
export function startRetention({ pool, keep, log }: RetentionOptions): Regular {
  const stopping = new AbortController()
  const regular = regularly(PERIOD_MS, 'remove what is kept no longer', log, async () => {
    const swept = await sweep({ pool, keep }, stopping.signal)
    if (swept.logs + swept.jobs > 0) log.info(swept, 'what is kept no longer was removed')
  })
  return {
    async stop() {
      stopping.abort()
      await regular.stop()
    },
  }
}

/** Removes all that is old enough, a little at a time; ends early where that is asked for. */
export async function sweep({ pool, keep }: Omit<RetentionOptions, 'log'>, stopped?: AbortSignal): Promise<Swept> {
  const { logSeconds, jobSeconds } = keep
  const jobs = await sweepBy(
    jobSeconds,
    (after, seconds) => oldJobs(pool, after, seconds, BATCH),
    (ids) => forgetJobs(pool, ids, stopped),
    stopped,
  )
  const logs = await sweepBy(
    logSeconds,
    (after, seconds) => runsWithOldLogs(pool, after, seconds, BATCH),
    (ids) => forgetLogs(pool, ids, stopped),
    stopped,
  )
  return { logs, jobs }
}

/** Walks over candidates and has the old ones forgotten; returns how many were. */
async function sweepBy(
  keptSeconds: number | null,
  look: (after: string, keptSeconds: number) => Promise<Candidate[]>,
  forget: (ids: string[]) => Promise<number>,
  stopped?: AbortSignal,
): Promise<number> {
  if (keptSeconds === null) return 0
  let forgotten = 0
  for (let after: string | undefined = NIL; after !== undefined && !stopped?.aborted; ) {
    const candidates: Candidate[] = await look(after, keptSeconds)
    const old = candidates.filter((candidate) => candidate.old).map(({ id }) => id)
    if (old.length > 0) forgotten += await forget(old)
    after = candidates.length === BATCH ? candidates.at(-1)?.id : undefined
  }
  return forgotten
}

/** The runs say that their log is gone before it goes: nobody reads a part as the whole. */
async function forgetLogs(pool: Pool, runIds: string[], stopped?: AbortSignal): Promise<number> {
  await expireLogs(pool, runIds)
  await untilNone(() => deleteChunks(pool, runIds), stopped)
  return runIds.length
}

async function forgetJobs(pool: Pool, jobIds: string[], stopped?: AbortSignal): Promise<number> {
  const runIds = await runsOf(pool, jobIds)
  await expireLogs(pool, runIds)
  await untilNone(() => deleteChunks(pool, runIds), stopped)
  await untilNone(() => deleteEvents(pool, jobIds), stopped)
  return stopped?.aborted ? 0 : deleteJobs(pool, jobIds)
}

async function untilNone(remove: () => Promise<number>, stopped?: AbortSignal): Promise<void> {
  while (!stopped?.aborted && (await remove()) > 0);
}
