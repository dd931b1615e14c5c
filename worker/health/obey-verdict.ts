// Does what the gpus service answers to a report on a GPU: leaves it out of claims, and ends the run on it.

import { orderEnd } from '../runs/order.ts'
import type { Run, Worker } from '../worker.ts'
import type { Health } from './health.ts'
import type { Report, Verdict } from './reports.ts'

/** What of a worker matters here. */
type Obeying = Pick<Worker, 'health' | 'log' | 'runs' | 'wakeClaims'>

/** What a run gets to save its work, once its GPU has failed. */
const GRACE_MS = 5_000

/** Keeps the verdict, and does what it asks for about the run that the report names. */
export async function obeyVerdict(worker: Obeying, { uuid, input }: Report, verdict: Verdict): Promise<void> {
  const { health, log, runs } = worker
  const usable = isUsable(health, uuid)
  health.verdicts.set(uuid, verdict)
  if (usable !== verdict.usable) {
    const { reason } = verdict
    log[verdict.usable ? 'info' : 'warn'](
      { uuid, reason },
      verdict.usable ? 'a GPU is well' : 'a GPU is out of service',
    )
    if (verdict.usable) worker.wakeClaims()
  }
  const run = holderOf(runs, uuid)
  // Where another run has come to hold the GPU meanwhile, the next report asks about that.
  if (run && verdict.endRun && run.spec.runId === input.runId) await endForGpu(run, verdict.reason)
}

async function endForGpu(run: Run, reason: string | null): Promise<void> {
  run.gpuFailure ??= reason ?? 'One of its GPUs failed.'
  const graceMs = Math.min(run.spec.graceMs, GRACE_MS)
  await orderEnd(run, { why: 'gpu-failed', graceMs, sentence: run.gpuFailure })
}

/** True unless the service keeps runs off this GPU. */
export function isUsable({ verdicts }: Health, uuid: string): boolean {
  return verdicts.get(uuid)?.usable !== false
}

/** A run has a GPU for itself. */
export function holderOf(runs: Worker['runs'], uuid: string): Run | undefined {
  return [...runs.values()].find(({ spec }) => spec.gpuUuids.includes(uuid))
}
