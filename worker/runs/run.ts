// The life of one run on this worker, from the start of its shim until nothing of it is left to do.
import { rm, stat } from 'node:fs/promises'
import { uptimeMs } from '../clock.ts'
import { judgeEnd } from '../health/judge.ts'
import { within } from '../pace/within.ts'
import { reportEnd, reportStart } from '../report.ts'
import { unlessDiskIsFull } from '../shim/disk.ts'
import { type RunExit, type ShimState, writeJson } from '../shim/files.ts'
import type { Run, Worker } from '../worker.ts'
import { buryShim, shimLives } from './bury.ts'
import { completeLog } from './complete-log.ts'
import { publishLog } from './publish-log.ts'
import { readExit, readState } from './run-records.ts'
import { removeScratch } from './scratch.ts'
import { type DirectoryWatch, watchDirectory } from './watch-directory.ts'

/** How long a driver that takes its time may keep a run. */
const SAMPLE_MS = 1_000

/** Follows a run to its end, in the background; `worker.lives` has it until then. */
export function followRun(worker: Worker, run: Run): void {
  worker.runs.set(run.spec.runId, run)
  const life = live(worker, run).catch((error) => {
    // What is on disk stays, for the next start of the worker.
    if (worker.stopped.signal.aborted) return
    worker.log.error({ err: error, runId: run.spec.runId }, 'a run could not be followed to its end')
  })
  worker.lives.add(life)
  void life.finally(() => worker.lives.delete(life))
}

async function live(worker: Worker, run: Run): Promise<void> {
  const watch = watchDirectory(run.files.directory)
  try {
    const publishing = publishLog(worker, run, watch)
    // It is awaited below; until then its failure is not unhandled.
    publishing.catch(() => undefined)
    await holdLease(worker, run, watch)
    if (run.lost.signal.aborted) await publishing.catch(() => undefined)
    else await publishing
  } finally {
    watch.close()
  }
  if (run.spec.user) await removeScratch(run.spec.scratch)
  await rm(run.files.directory, { recursive: true, force: true })
}

/** Until the run's end is reported, the run has a slot and its GPUs here, and its lease is renewed. */
async function holdLease(worker: Worker, run: Run, watch: DirectoryWatch): Promise<void> {
  try {
    const holdsGpus = run.spec.gpuUuids.length > 0
    if (holdsGpus) await within(SAMPLE_MS, worker.sampleNow())
    const end = await untilEnded(worker, run, watch)
    if (run.lost.signal.aborted) return
    if (holdsGpus && !run.measured) await within(SAMPLE_MS, worker.sampleNow())
    run.measured = true
    const exit = holdsGpus ? await judgeEnd(worker, run, end) : end
    if (exit.outcome === 'RELEASED' && run.order === undefined) pauseClaims(worker, run, exit)
    await reportEnd(worker, run, exit)
  } finally {
    run.reported.resolve()
    worker.runs.delete(run.spec.runId)
    for (const uuid of run.spec.gpuUuids) worker.health.freedAt.set(uuid, uptimeMs())
    worker.wakeClaims()
  }
}

/** Reports the start when it happens, and returns how the run ended. */
async function untilEnded(worker: Worker, run: Run, watch: DirectoryWatch): Promise<RunExit> {
  let started: Promise<void> | undefined
  for (;;) {
    const change = watch.next()
    // The exit first: if there is none, the state that is read next is of a living run, or the look after next tells.
    const exit = await readExit(run.files.exit)
    const state = await readState(run.files.state)
    if (!started && state && (await noteBeginning(run, state))) {
      worker.patience.worked()
      started = reportStart(worker, run)
    }
    if (exit || !(await shimLives(run, state))) {
      const end = await settle(
        run,
        exit ?? (await readExit(run.files.exit)) ?? (await buryShim(run, state, worker.shims)),
      )
      // Whoever waits for more output learns that there is none.
      watch.tell()
      await started
      return end
    }
    await change
  }
}

/** Notes when the command has started. False where it has not yet. */
export async function noteBeginning(run: Run, state: ShimState): Promise<boolean> {
  if (!state.child && !state.container) return false
  run.pid = state.child?.pid
  // The shim writes it then, and no more after that.
  run.begunAt = (await stat(run.files.state)).mtimeMs
  return true
}

/** What this run met with, the next one may, too: Docker may be gone, or a GPU. */
function pauseClaims(worker: Worker, run: Run, { reason }: RunExit): void {
  const pauseMs = worker.patience.failed()
  worker.log.warn({ runId: run.spec.runId, reason, pauseMs }, 'a run came to nothing here, so claiming pauses')
  worker.wakeRegistration()
}

/** Makes the end final: its log complete, and its number of records known. */
async function settle(run: Run, exit: RunExit): Promise<RunExit> {
  run.ended = true
  if (exit.logChunks !== null) {
    run.logChunks = exit.logChunks
    return exit
  }
  const { logChunks, rest } = await completeLog(run, exit)
  const settled = { ...exit, logChunks }
  // With a part of the log in memory alone, a later worker has to complete it again; without a note it can, too.
  if (rest.length === 0) await writeJson(run.files.exit, settled).catch(unlessDiskIsFull)
  run.logRest = rest
  run.logChunks = logChunks
  return settled
}
