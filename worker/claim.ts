// Asks for runs that fit what is free, and starts them.
import { ConstellationError } from '@constellation/platform/errors.ts'
import * as v from 'valibot'
import { uptimeMs } from './clock.ts'
import { ClaimRunsDocument, type ClaimRunsInput, FinishRunDocument } from './generated/documents.ts'
import { isUsable } from './health/obey-verdict.ts'
import { runsClaimed } from './metrics.ts'
import { speakable } from './report.ts'
import { launch } from './runs/launch.ts'
import { followRun } from './runs/run.ts'
import { container, limits, warning } from './runs/run-records.ts'
import type { Worker } from './worker.ts'

/** The answer is the gateway's, but a run's id becomes the name of a directory. */
const claimedRun = v.object({
  runId: v.pipe(v.string(), v.uuid()),
  jobId: v.string(),
  attempt: v.pipe(v.number(), v.integer()),
  epoch: v.pipe(v.number(), v.integer(), v.minValue(1)),
  leaseMs: v.pipe(v.number(), v.minValue(1)),
  command: v.pipe(v.array(v.string()), v.minLength(1)),
  shell: v.boolean(),
  env: v.record(v.string(), v.string()),
  workingDirectory: v.nullable(v.string()),
  timeoutSeconds: v.nullable(v.pipe(v.number(), v.minValue(0))),
  maxIdleSeconds: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  gpuUuids: v.array(v.string()),
  secrets: v.record(v.string(), v.string()),
  warning: v.nullable(warning),
  container: v.nullable(container),
  limits,
  // A gateway of an earlier version does not say.
  traceparent: v.nullish(v.string(), null),
})
export type ClaimedRun = v.InferOutput<typeof claimedRun>

/** Claims until nothing is left to claim, or nothing is free. */
export async function claimRuns(worker: Worker): Promise<void> {
  for (;;) {
    let claimed = 0
    for (const offer of whatIsFree(worker)) {
      if (worker.patience.waitMs() > 0) return
      if ((offer.cpuSlots === 0 && offer.gpuIds.length === 0) || worker.stopped.signal.aborted) continue
      claimed += await claimFrom(worker, offer)
    }
    if (claimed === 0) return
  }
}

/** Returns how many runs there were. */
async function claimFrom(worker: Worker, input: ClaimRunsInput): Promise<number> {
  const sentAt = uptimeMs()
  const { runs } = (await worker.api.send(ClaimRunsDocument, { input })).claimRuns
  runsClaimed.inc(runs.length)
  const begun = await Promise.allSettled(runs.map((run) => begin(worker, run, sentAt)))
  // With a disk that is full, say, claiming on at once would only fail again.
  for (const result of begun) if (result.status === 'rejected') throw result.reason
  return runs.length
}

/** GPUs that no run holds and that are well, those of each machine by themselves, and the slots that runs without a GPU leave. */
function whatIsFree(worker: Pick<Worker, 'config' | 'registered' | 'runs' | 'health' | 'gpus'>): ClaimRunsInput[] {
  // Not what it can do no more, such as with a cluster that is away, but what it never does.
  if (worker.config.EXECUTORS.includes('none')) return []
  const held = new Set([...worker.runs.values()].flatMap(({ spec }) => spec.gpuUuids))
  const free = worker.registered.filter(({ uuid }) => !held.has(uuid) && isUsable(worker.health, uuid))
  const places = worker.gpus.places?.()
  const byMachine = Map.groupBy(free, ({ uuid }) => (places ? places.get(uuid) : 'this one'))
  // One that is at none may be given to nobody now.
  byMachine.delete(undefined)
  const withoutGpu = [...worker.runs.values()].filter(({ spec }) => spec.gpuUuids.length === 0).length
  const cpuSlots = Math.max(0, worker.config.CPU_SLOTS - withoutGpu)
  const offers = [...byMachine.values()].map((gpus) => gpus.map(({ id }) => id))
  return (offers.length === 0 ? [[]] : offers).map((gpuIds, index) => ({
    gpuIds,
    cpuSlots: index === 0 ? cpuSlots : 0,
  }))
}

/** @throws Error when the run cannot even be tried here; it is then given back, and claiming pauses */
async function begin(worker: Worker, answer: unknown, sentAt: number): Promise<void> {
  const claimed = v.parse(claimedRun, answer)
  if (worker.runs.has(claimed.runId)) return
  if (worker.leaseMs !== claimed.leaseMs) {
    worker.leaseMs = claimed.leaseMs
    worker.wakeRenewals()
  }
  try {
    checkExecutor(worker.config, claimed)
    const unknown = claimed.gpuUuids.find((uuid) => !worker.registered.some((gpu) => gpu.uuid === uuid))
    if (unknown !== undefined) throw new Error(`it has no GPU ${unknown}.`)
    const run = await launch(worker, claimed, sentAt)
    followRun(worker, run)
  } catch (error) {
    worker.patience.failed()
    await giveBack(worker, claimed, error)
    throw error
  }
}

/** @throws Error where the run is of a kind that this worker does not run */
function checkExecutor(config: Worker['config'], { container }: ClaimedRun): void {
  const inCluster =
    config.EXECUTORS.includes('kubernetes') && (container !== null || config.KUBERNETES_IMAGE !== undefined)
  const executor = container ? 'docker' : 'process'
  if (!inCluster && !config.EXECUTORS.includes(executor)) throw new Error(`it does not run commands by ${executor}.`)
}

async function giveBack(worker: Worker, { runId, epoch }: ClaimedRun, why: unknown): Promise<void> {
  const reason = speakable(
    `The worker ${worker.id} could not start the run: ${why instanceof Error ? why.message : why}`,
  )
  const input = { runId, epoch, outcome: 'RELEASED', reason, logChunks: 0 } as const
  try {
    await worker.api.send(FinishRunDocument, { input })
  } catch (error) {
    // Its lease ends, and then the run is queued again all the same.
    if (!(error instanceof ConstellationError)) throw error
    worker.log.warn({ err: error, runId }, 'a run that could not be started could not be given back')
  }
}
