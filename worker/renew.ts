// Renews the leases of all runs at once, and hears which of them must end.
import { uptimeMs } from './clock.ts'
import { RenewLeasesDocument } from './generated/documents.ts'
import { obeyStanding } from './report.ts'
import type { Worker } from './worker.ts'

export async function renewLeases(worker: Worker): Promise<void> {
  const leases = [...worker.runs.values()]
    .filter(({ lost }) => !lost.signal.aborted)
    .map(({ spec }) => ({ runId: spec.runId, epoch: spec.epoch }))
  if (leases.length === 0) return
  const sentAt = uptimeMs()
  const answer = await worker.api.send(RenewLeasesDocument, { leases })
  await Promise.all(
    answer.renewLeases.map(async ({ runId, standing, leaseMs }) => {
      const run = worker.runs.get(runId)
      if (run) await obeyStanding(run, standing, sentAt, leaseMs)
    }),
  )
}
