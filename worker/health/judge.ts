// Whether a run that ended badly did so because of one of its GPUs.
import { setTimeout as delay } from 'node:timers/promises'
import { within } from '../pace/within.ts'
import { unlessDiskIsFull } from '../shim/disk.ts'
import { type RunExit, writeJson } from '../shim/files.ts'
import type { Run, Worker } from '../worker.ts'

/** How long the verdict on the GPUs may keep the report of an end. */
const LONGEST_MS = 10_000
/** A driver tells of an XID about when the program finds its GPU gone: by then it has. */
const DRAIN_MS = 250
const RETRY_MS = 250

/** What of a worker matters here. */
type Judging = Pick<Worker, 'lookAtHealth' | 'health' | 'stopped'> & {
  gpus: Pick<Worker['gpus'], 'list' | 'notice' | 'places'>
}

/** The end as it is to be reported: a program usually exits by itself, with an error, as soon as its GPU fails. */
export async function judgeEnd(
  worker: Judging,
  run: Run,
  exit: RunExit,
  longestMs: number = LONGEST_MS,
): Promise<RunExit> {
  if (!mayBeItsGpu(exit)) return exit
  await within(longestMs, findFailure(worker, run, longestMs), worker.stopped.signal)
  if (run.gpuFailure === undefined) return exit
  const judged: RunExit = { ...exit, outcome: 'GPU_FAILED', reason: run.gpuFailure }
  await writeJson(run.files.exit, judged).catch(unlessDiskIsFull)
  return judged
}

/** Not where it did well, was told to end for another reason, or is to be queued again anyway. */
function mayBeItsGpu({ outcome, exitCode }: RunExit): boolean {
  switch (outcome) {
    case 'EXITED':
      return exitCode !== 0
    case 'TIMED_OUT':
    case 'NOT_STARTED':
    case 'OUT_OF_MEMORY':
    case 'IDLE':
      return true
    case 'CANCELLED':
    case 'PREEMPTED':
    case 'RELEASED':
    case 'GPU_FAILED':
      return false
  }
}

async function findFailure(worker: Judging, run: Run, longestMs: number): Promise<void> {
  await untilHeard(worker, run, longestMs)
  noteGone([run], await worker.gpus.list(), worker.gpus.notice())
}

/**
 * Of a GPU that its driver does not count any more there is nothing to report, but its run remembers: by the time its
 * program fails of it, the GPU may be back.
 */
export function noteGone(runs: Iterable<Run>, listed: readonly { uuid: string }[], notice: string | null): void {
  const there = new Set(listed.map(({ uuid }) => uuid))
  for (const run of runs) {
    const gone = run.spec.gpuUuids.find((uuid) => !there.has(uuid))
    if (gone !== undefined) run.gpuFailure ??= [`Its GPU ${gone} is gone.`, notice ?? ''].join(' ').trim()
  }
}

/** Looks once more, until the service has heard all that there is to tell of the run's GPUs. */
async function untilHeard(worker: Judging, run: Run, longestMs: number): Promise<void> {
  const { signal } = worker.stopped
  const until = Date.now() + longestMs
  await delay(DRAIN_MS)
  while (!signal.aborted && run.gpuFailure === undefined && Date.now() < until) {
    const heard = await worker.lookAtHealth().then(
      // Where nobody reads GPUs there is nothing to wait for.
      () => run.spec.gpuUuids.every((uuid) => worker.health.verdicts.has(uuid) || worker.gpus.places !== undefined),
      () => false,
    )
    if (heard) return
    await delay(RETRY_MS)
  }
}
