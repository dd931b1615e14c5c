// The life of a claimed run as its worker tells it, without a process: the start, its output, and the end.
import { setTimeout as delay } from 'node:timers/promises'
import type { LogRecord } from '@constellation/platform/events/log-record.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { uptimeMs } from '@constellation/worker/clock.ts'
import { type ClaimRunsMutation, StartRunDocument } from '@constellation/worker/generated/documents.ts'
import { deadlineOf } from '@constellation/worker/lease.ts'
import { type RunSpec, runFiles } from '@constellation/worker/shim/files.ts'
import { NO_USAGE } from '@constellation/worker/telemetry/usage.ts'
import { newRun, type Run, type Worker } from '@constellation/worker/worker.ts'
import type { Tally } from './tally.ts'

/** The first word of their commands; the second is how many seconds they take. */
export const PROGRAM = 'simulated'
/** From one piece of output to the next, and how much that is. */
const OUTPUT_EVERY_MS = 30_000
const OUTPUT = `${'loss 0.1234 '.repeat(33)}\n`

export type Claimed = ClaimRunsMutation['claimRuns']['runs'][number]

/** Returns when the end was heard. */
export async function live(worker: Worker, claimed: Claimed, sentAt: number, tally: () => Tally): Promise<void> {
  const { runId, epoch, command } = claimed
  const run = pretend(worker, claimed, sentAt)
  worker.runs.set(runId, run)
  const { signal } = worker.stopped
  const left = AbortSignal.any([signal, run.lost.signal])
  try {
    await worker.api.insist(StartRunDocument, { lease: { runId, epoch } }, left)
    const logChunks = await write(worker, run, Number(command[1]) * 1_000, left)
    const metrics = { meanUtilisationPercent: 87.5, energyJoules: 1_000 }
    await worker.finish({ runId, epoch, outcome: 'EXITED', exitCode: 0, endedMsAgo: 0, logChunks, metrics })
    tally().ended += 1
  } finally {
    worker.runs.delete(runId)
    worker.wakeClaims()
  }
}

/** A piece at the beginning, one each half minute, and the end. Returns how many. */
async function write(worker: Worker, run: Run, lastsMs: number, signal: AbortSignal): Promise<number> {
  const { runId, epoch } = run.spec
  const subject = SUBJECTS.runLog(worker.id, runId)
  let seq = 0
  const say = async (text: string, end: boolean) => {
    const at = new Date().toISOString()
    const record: LogRecord = { runId, epoch, seq, at, stream: 'stdout', text, firstLine: seq, end }
    await worker.bus.publishDurably(subject, [{ id: `${runId}.${seq}`, bytes: bytesOf(record) }], signal)
    seq += 1
  }
  const until = performance.now() + lastsMs
  do {
    await say(OUTPUT, false)
    const left = until - performance.now()
    if (left > 0) await delay(Math.min(left, OUTPUT_EVERY_MS), undefined, { signal })
  } while (performance.now() < until)
  await say('', true)
  return seq
}

function bytesOf(record: LogRecord): Uint8Array {
  return Buffer.from(JSON.stringify(record))
}

/** A run as the worker's other parts know it: they measure its GPUs, and leave alone what would be on disk. */
function pretend({ config }: Worker, claimed: Claimed, sentAt: number): Run {
  const { runId, jobId, epoch, attempt, command, shell, workingDirectory, timeoutSeconds, gpuUuids } = claimed
  const files = runFiles(`${config.WORKER_HOME}/${runId}`)
  const spec: RunSpec = {
    runId,
    jobId,
    epoch,
    attempt,
    command,
    shell,
    workingDirectory,
    timeoutSeconds,
    gpuUuids,
    environment: {},
    secrets: [],
    idleLimit: null,
    warning: null,
    container: null,
    docker: null,
    kubernetes: null,
    takesUp: false,
    limits: { memoryMb: null, cpus: null },
    trace: null,
    requireLimits: false,
    user: null,
    scratch: files.scratch,
    graceMs: 0,
    logLimitBytes: 0,
  }
  const run = newRun(spec, files, deadlineOf(sentAt, claimed.leaseMs), NO_USAGE, uptimeMs())
  return Object.assign(run, { ended: true, measured: true, begunAt: Date.now() })
}
