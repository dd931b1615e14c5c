// Tells a run's shim to end it.
import { isAlive, sendSignal } from './executors/process-tree.ts'
import { readState } from './run-records.ts'
import { type Order, writeJson } from './shim/files.ts'
import type { Run } from './worker.ts'

/** The first order stands, but for one: that the run is no longer ours. */
export async function orderEnd(run: Run, order: Order): Promise<void> {
  if (run.ended || run.order === order.why || run.order === 'over') return
  if (run.order !== undefined && order.why === 'cancel') return
  run.order = order.why
  if (order.why === 'over') run.lost.abort()
  await writeJson(run.files.order, order)
  // A shim that has no state yet looks for an order after it has written it.
  const state = await readState(run.files.state)
  if (state && isAlive(state.shim)) sendSignal(state.shim.pid, 'SIGTERM')
}
