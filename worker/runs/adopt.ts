// At start: takes over the runs of the worker that was here before.
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { uptimeMs } from '../clock.ts'
import { runFiles } from '../shim/files.ts'
import { NO_USAGE, runUsage } from '../telemetry/usage.ts'
import { newRun, type Run, type Worker } from '../worker.ts'
import { runsDirectory } from './launch.ts'
import { orderEnd } from './order.ts'
import { followRun, noteBeginning } from './run.ts'
import { readExit, readOrder, readRecord, readSpec, readState } from './run-records.ts'
import { mayTakeUp, takeUp } from './take-up.ts'

/** Follows each run from where it is: living, ended but not reported, or only its log still to be published. */
export async function adoptRuns(worker: Worker): Promise<void> {
  const home = runsDirectory(worker.config.WORKER_HOME)
  await mkdir(home, { recursive: true, mode: 0o700 })
  await Promise.all((await readdir(home)).map((name) => adopt(worker, join(home, name), name)))
}

async function adopt(worker: Worker, directory: string, name: string): Promise<void> {
  const files = runFiles(directory)
  const spec = await readSpec(files.spec)
  if (spec?.runId !== name) {
    // Claimed, but its shim was never started: the lease ends by itself.
    worker.log.warn({ directory }, 'a run that was never begun is cleared away')
    await rm(directory, { recursive: true, force: true })
    return
  }
  const usage = (await readRecord(files.usage, runUsage)) ?? NO_USAGE
  // Whatever the deadline is, the first renewal sets another.
  const run = newRun(spec, files, { warnAt: 0, killAt: 0 }, usage, uptimeMs())
  // If its end was reported already, the lease is over, which must not keep the rest of its log back.
  run.ended = (await readExit(files.exit)) !== undefined
  run.measured = run.ended
  run.idleHeard = undefined
  const state = await readState(files.state)
  if (state) await noteBeginning(run, state)
  if (await mayTakeUp(run, state)) await takeUp(worker, run)
  await repeatOrder(run)
  worker.log.info({ runId: name }, 'a run of an earlier worker is adopted')
  followRun(worker, run)
}

/**
 * The earlier worker may have died between writing an order and sending it. And a run whose shim has
 * not said that it is there must not start after it was given back.
 */
async function repeatOrder(run: Run): Promise<void> {
  const order = await readOrder(run.files.order)
  if (order) return orderEnd(run, order)
  if (!run.ended && !(await readState(run.files.state))) await orderEnd(run, { why: 'release', graceMs: 0 })
}
