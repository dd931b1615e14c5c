// Tells a run's shim to end it.
import { isAlive, sendSignal } from '../executors/process-tree.ts'
import { runsLost } from '../metrics.ts'
import { type Order, writeJson } from '../shim/files.ts'
import type { Run } from '../worker.ts'
import { readState } from './run-records.ts'

/** Of two orders the stronger stands: a run that is warned before it makes room may still be cancelled, or given back. */
const STRENGTH: Readonly<Record<Order['why'], number>> = {
  preempt: 1,
  idle: 1,
  release: 2,
  cancel: 2,
  'gpu-failed': 2,
  over: 3,
}

/** Does nothing where the run has been told as much, or has ended. */
export async function orderEnd(run: Run, order: Order): Promise<void> {
  if (run.ended || (run.order !== undefined && STRENGTH[order.why] <= STRENGTH[run.order])) return
  run.order = order.why
  if (order.why === 'over') {
    runsLost.inc()
    run.lost.abort()
  }
  try {
    await writeJson(run.files.order, order)
  } finally {
    // A shim that has no state yet looks for an order after it has written it. One that finds none lets go of the run.
    const state = await readState(run.files.state)
    if (state && isAlive(state.shim)) sendSignal(state.shim.pid, 'SIGTERM')
  }
}
