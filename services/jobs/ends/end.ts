// What becomes of runs that have ended, and of their jobs: decided, and written in one transaction with the events.
// The GPUs are free from then on. Finishing, reaping and cancelling all come here.
import type { PoolClient } from 'pg'
import { settleDependents } from '../dependencies/release-dependents.ts'
import type { RunMetrics } from '../entities.ts'
import { findLive, type LiveRun, type WrittenEnd, writeEnds } from '../sql/live.ts'
import { lastOutcomes } from '../sql/outcomes.ts'
import { assertJobMove, assertRunMove, jobHasEnded } from '../state.ts'
import { type Ending, MOST_GPU_FAILURES, verdict } from './ending.ts'

/** How a run ended, and what it leaves behind. */
export interface Report {
  ending: Ending
  logChunks: number
  metrics: RunMetrics | null
  /** How long ago its processes ended, in milliseconds. */
  endedMsAgo: number
}

export interface EndedRun {
  run: LiveRun
  report: Report
}

/** Somebody else changed one of the runs or jobs meanwhile, several times over. */
const TRIES = 3

/** Ends these runs. `queueGrew` tells whether there is something new to claim. */
export async function endRuns(client: PoolClient, ended: readonly EndedRun[]): Promise<{ queueGrew: boolean }> {
  let left = ended
  for (let tries = TRIES; left.length > 0; tries--) {
    const written = await tryToEnd(client, left)
    if (written) return written
    if (tries === 0) throw new Error('Runs that end were changed again and again meanwhile.')
    left = await lookAgain(client, left)
  }
  return { queueGrew: false }
}

/** Null where nothing was written, as one of the rows was changed by somebody else. */
async function tryToEnd(client: PoolClient, ended: readonly EndedRun[]): Promise<{ queueGrew: boolean } | null> {
  const before = await outcomesBefore(client, ended)
  const decided = ended.map(({ run, report }) => {
    const decision = verdict({ ...run, before: before.get(run.jobId) ?? [] }, report.ending)
    return { run, report, decision }
  })
  for (const { run, decision } of decided) {
    assertRunMove(run.runState, decision.runState)
    assertJobMove(run.jobState, decision.jobState)
  }
  await client.query('SAVEPOINT ends')
  const written = await writeEnds(client, decided.map(toWrittenEnd))
  if (written.length < decided.length) {
    await client.query('ROLLBACK TO SAVEPOINT ends')
    return null
  }
  const over = decided.filter(({ decision }) => jobHasEnded(decision.jobState))
  const settled = await settleDependents(
    client,
    over.map(({ run }) => run.jobId),
  )
  return { queueGrew: settled.queueGrew || over.length < decided.length }
}

/** How the attempts before ended, by job: of those alone where it makes a difference, as it takes one more question. */
async function outcomesBefore(client: PoolClient, ended: readonly EndedRun[]): ReturnType<typeof lastOutcomes> {
  const jobs = ended.filter(({ report }) => report.ending.outcome === 'GPU_FAILED').map(({ run }) => run.jobId)
  return jobs.length > 0 ? lastOutcomes(client, jobs, MOST_GPU_FAILURES - 1) : new Map()
}

/** Those that still live, as they are now. Their rows were locked by us for a moment, so others have come to an end. */
async function lookAgain(client: PoolClient, ended: readonly EndedRun[]): Promise<EndedRun[]> {
  const live = await findLive(
    client,
    ended.map(({ run }) => run.runId),
  )
  const reports = new Map(ended.map(({ run, report }) => [run.runId, report]))
  return live.flatMap((run) => {
    const report = reports.get(run.runId)
    return report ? [{ run, report }] : []
  })
}

function toWrittenEnd({ run, report, decision }: EndedRun & { decision: ReturnType<typeof verdict> }): WrittenEnd {
  const { ending, logChunks, metrics, endedMsAgo } = report
  return {
    runId: run.runId,
    jobId: run.jobId,
    cancelRequested: run.cancelRequested,
    runState: decision.runState,
    jobState: decision.jobState,
    event: decision.event,
    outcome: ending.outcome,
    exitCode: ending.exitCode,
    signal: ending.signal,
    reason: decision.reason,
    metrics,
    logChunks,
    ran: ending.outcome !== 'NOT_STARTED' && ending.outcome !== 'RELEASED' && ending.outcome !== 'CANCELLED',
    endedMsAgo,
    usesRetry: decision.usesRetry,
    retryInMs: decision.retryAfterSeconds === null ? null : decision.retryAfterSeconds * 1000,
  }
}
