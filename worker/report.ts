// Tells the jobs service how a run stands, and does what it answers.
import { ConstellationError } from '@constellation/platform/errors.ts'
import { inSpan, noteSpan } from '@constellation/platform/tracing/trace.ts'
import type { Api } from './api.ts'
import { uptimeMs } from './clock.ts'
import { type FinishRunInput, FinishRunsDocument, type LeaseStanding, StartRunDocument } from './generated/documents.ts'
import { deadlineOf } from './lease.ts'
import { inBatches } from './pace/batch.ts'
import { orderEnd } from './runs/order.ts'
import { type RunExit, writeJson } from './shim/files.ts'
import { runMetrics } from './telemetry/usage.ts'
import type { Run, Worker } from './worker.ts'

/** What GraphQL's Int holds is less than a month of milliseconds. */
const LONGEST_AGO_MS = 2 ** 31 - 1
/** As many as `finishRuns` takes. */
const MOST_REPORTS = 1_000
/** In characters. */
const LONGEST_REASON = 1_000

/** The run's process has started. Says so until it is heard, or no longer matters. */
export async function reportStart(worker: Worker, run: Run): Promise<void> {
  const { runId, epoch } = run.spec
  const sentAt = uptimeMs()
  const signal = AbortSignal.any([run.lost.signal, worker.stopped.signal])
  try {
    const { startRun } = await inSpan('report the start', follows(run), () =>
      worker.api.insist(StartRunDocument, { lease: { runId, epoch } }, signal),
    )
    await obeyStanding(run, startRun.standing, sentAt, startRun.leaseMs)
  } catch (error) {
    if (signal.aborted) return
    worker.log.error({ err: error, runId }, 'the start of a run was not accepted')
    // A refusal means that the run is not ours. A deadline that could not be written is seen to by the shim.
    if (error instanceof ConstellationError) await obeyStanding(run, 'OVER', sentAt, 0)
  }
}

/** Reports ends, those together that come together, until they are heard. */
export function endReporter(api: Api, stopped: AbortSignal): Worker['finish'] {
  const send = async (inputs: readonly FinishRunInput[]) => {
    const { finishRuns } = await api.insist(FinishRunsDocument, { inputs: [...inputs] }, stopped)
    return finishRuns.map(({ standing }) => standing)
  }
  // A report that the server finds fault with makes it refuse all that it came with.
  const isRefusal = (error: unknown) => error instanceof ConstellationError && !stopped.aborted
  return inBatches(send, isRefusal, MOST_REPORTS)
}

/** The run has ended. Says so until it is heard; whatever the answer, it is the end here. */
export async function reportEnd(worker: Worker, run: Run, exit: RunExit): Promise<void> {
  const { runId, epoch } = run.spec
  const { outcome, exitCode, signal, logChunks } = exit
  const reason = exit.reason && speakable(exit.reason)
  const metrics = runMetrics(run.usage)
  // A calendar that was set back must not put the end into the future.
  const endedMsAgo = Math.min(Math.max(0, Date.now() - Date.parse(exit.endedAt)), LONGEST_AGO_MS)
  const input = { runId, epoch, outcome, exitCode, signal, reason, endedMsAgo, logChunks: logChunks ?? 0, metrics }
  try {
    const standing = await inSpan('report the end', follows(run), () => worker.finish(input))
    noteRun(run, exit)
    worker.log.info({ runId, outcome, exitCode, signal, standing }, 'a run has ended')
  } catch (error) {
    if (!(error instanceof ConstellationError) || worker.stopped.signal.aborted) throw error
    // Its lease is not renewed any more, so the server finds the run lost.
    worker.log.error({ err: error, runId }, 'the end of a run was refused')
  }
}

/** What is done for a run is told in its trace. Ends that are reported together are asked for in the trace of the first. */
function follows({ spec: { trace } }: Run): { parent?: string } {
  return trace ? { parent: trace.own } : {}
}

/** The whole of the run, under the name that its process knows it by. */
function noteRun(
  { spec: { trace, runId, jobId, attempt }, begunAt }: Run,
  { outcome, endedAt, exitCode }: RunExit,
): void {
  const to = Date.parse(endedAt)
  noteSpan('run', {
    parent: trace?.parent,
    as: trace?.own,
    from: begunAt ?? to,
    to,
    failed: exitCode !== 0,
    attributes: {
      'constellation.job_id': jobId,
      'constellation.run_id': runId,
      'constellation.attempt': attempt,
      'constellation.outcome': outcome,
      ...(exitCode !== null && { 'process.exit.code': exitCode }),
    },
  })
}

/** A reason may quote a command, and a command may be anything; where it is cut, half a character may be left of one. */
export function speakable(reason: string): string {
  return reason.slice(0, LONGEST_REASON).replaceAll('\0', '\uFFFD').toWellFormed()
}

/** Does what the server's answer about a run asks for. `sentAt` is when it was asked. */
export async function obeyStanding(run: Run, standing: LeaseStanding, sentAt: number, leaseMs: number): Promise<void> {
  // An end that is being reported also makes a lease be over.
  if (run.ended) return
  if (standing === 'OVER') return orderEnd(run, { why: 'over', graceMs: 0 })
  const { graceMs } = run.spec
  const order = ORDERS[standing]
  // The lease lasts on meanwhile: a run may have long to end in.
  await Promise.all([order && orderEnd(run, { why: order, graceMs }), prolong(run, sentAt, leaseMs)])
}

const ORDERS = { HELD: undefined, CANCEL: 'cancel', PREEMPT: 'preempt' } as const

async function prolong(run: Run, sentAt: number, leaseMs: number): Promise<void> {
  const deadline = deadlineOf(sentAt, leaseMs)
  if (deadline.killAt <= run.deadline.killAt) return
  run.deadline = deadline
  const write = () => writeJson(run.files.deadline, run.deadline)
  // A write that failed has been reported by whoever asked for it.
  run.deadlineWritten = run.deadlineWritten.then(write, write)
  await run.deadlineWritten
}
