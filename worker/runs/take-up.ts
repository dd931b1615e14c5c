// A run whose command is in a cluster, and whose shim ended with the container that both were in: its Job goes on, and so
// it is followed again, by another shim.
import { uptimeMs } from '../clock.ts'
import { RenewLeasesDocument } from '../generated/documents.ts'
import { deadlineOf } from '../lease.ts'
import { type ShimState, writeJson } from '../shim/files.ts'
import type { Run, Worker } from '../worker.ts'
import { shimLives } from './bury.ts'
import { readOrder } from './run-records.ts'

/**
 * Values of secrets are on no disk, and the rest of the log could not be kept clear of them: such a run is given back. So
 * is one that was to end, and one that may not have begun.
 */
export async function mayTakeUp(run: Run, state: ShimState | undefined): Promise<boolean> {
  const { spec, files, ended } = run
  if (ended || !spec.kubernetes || spec.secrets.length > 0 || !state?.container) return false
  return !(await shimLives(run, state)) && (await readOrder(files.order)) === undefined
}

/** Nothing happens where the lease is over, or nobody says that it is not for as long as it can last. */
export async function takeUp(worker: Worker, run: Run): Promise<void> {
  const { spec, files } = run
  const leases = [{ runId: spec.runId, epoch: spec.epoch }]
  const sentAt = uptimeMs()
  const limit = AbortSignal.any([worker.stopped.signal, AbortSignal.timeout(worker.leaseMs)])
  const answer = await worker.api.insist(RenewLeasesDocument, { leases }, limit).catch((error: unknown) => {
    worker.log.warn({ err: error, runId: spec.runId }, 'nobody says whether a run may go on')
  })
  const [lease] = answer?.renewLeases ?? []
  if (!lease || lease.standing === 'OVER') return
  run.deadline = deadlineOf(sentAt, lease.leaseMs)
  run.spec = { ...spec, takesUp: true }
  await Promise.all([writeJson(files.deadline, run.deadline), writeJson(files.spec, run.spec)])
  run.child = worker.shims.start(files)
  worker.log.info({ runId: spec.runId }, 'the Job of a run is followed again')
}
