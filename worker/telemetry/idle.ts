// Runs that hold GPUs and leave them idle: says so, and ends those that set themselves a limit.
import type { WorkerConfig } from '../config.ts'
import { NoteIdleDocument } from '../generated/documents.ts'
import { orderEnd } from '../runs/order.ts'
import type { Order, RunSpec } from '../shim/files.ts'
import type { Run, Worker } from '../worker.ts'

/** What GraphQL's Int holds. */
const LONGEST_MS = 2 ** 31 - 1

/** What of a worker matters here. */
type Watching = Pick<Worker, 'api' | 'runs'> & { config: Pick<WorkerConfig, 'IDLE_NOTE_SECONDS'> }

/** Looks at each run once. What could not be said is said the next time. */
export async function watchIdle(worker: Watching): Promise<void> {
  const runs = [...worker.runs.values()].filter((run) => run.spec.gpuUuids.length > 0 && !run.ended)
  const done = await Promise.allSettled(runs.map((run) => watchRun(worker, run)))
  for (const result of done) if (result.status === 'rejected') throw result.reason
}

async function watchRun(worker: Watching, run: Run): Promise<void> {
  const { restingMs } = run.usage
  const order = idleOrder(run.spec, restingMs)
  if (order) await orderEnd(run, order)
  const idles = restingMs !== null && restingMs >= worker.config.IDLE_NOTE_SECONDS * 1_000
  if (run.idleHeard === idles) return
  const { runId, epoch } = run.spec
  const idleMs = idles ? Math.min(Math.round(restingMs), LONGEST_MS) : null
  await worker.api.send(NoteIdleDocument, { input: { runId, epoch, idleMs } })
  run.idleHeard = idles
}

/** The order to end a run whose GPUs have done nothing for so long, or undefined where it may go on. */
export function idleOrder(
  { idleLimit, graceMs }: Pick<RunSpec, 'idleLimit' | 'graceMs'>,
  restingMs: number | null,
): Order | undefined {
  if (!idleLimit || restingMs === null || restingMs <= idleLimit.seconds * 1_000) return undefined
  const whose = idleLimit.by === 'job' ? 'it allows itself' : 'this worker allows'
  const seconds = Math.ceil(restingMs / 1_000)
  const sentence = `Its GPUs did nothing for ${seconds} s, longer than the ${idleLimit.seconds} s that ${whose}.`
  return { why: 'idle', graceMs, sentence }
}
