// Whose runs end so that a job of higher priority can start. A pure decision: preempt.ts loads and applies.
import { type Shape, suits, type WorkerGpu } from './requests.ts'

/** A run that may be ended in favour of another job. */
export interface Holder {
  jobId: string
  priority: number
  /** Milliseconds since 1970: of two, the younger loses less. */
  claimedAt: number
}

/** A GPU of any worker: free, or held by a run; `holder` is null also where that may not be ended. */
export interface HeldGpu extends Omit<WorkerGpu, 'freeInMs'> {
  free: boolean
  holder: Holder | null
}

export interface Host {
  workerId: string
  gpus: readonly HeldGpu[]
}

export interface Urgent extends Shape {
  jobId: string
  priority: number
  /** True where the worker has the labels and executors that the job needs. */
  mayRunOn(workerId: string): boolean
}

export interface Preemption {
  jobId: string
  workerId: string
  /** The jobs whose runs are to end. */
  victims: string[]
}

/**
 * For each job, in their order, the worker where the fewest runs have to end, and of those the ones of lowest priority;
 * none for a job that can start without, or that ending runs would not help. One job a worker.
 */
export function choosePreemptions(urgent: readonly Urgent[], hosts: readonly Host[]): Preemption[] {
  const left = new Set(hosts)
  return urgent.flatMap((job) => {
    const options = [...left]
      .filter(({ workerId }) => job.mayRunOn(workerId))
      .flatMap((host) => {
        const victims = victimsOn(host, job)
        return victims ? [{ host, victims }] : []
      })
    const best = options.toSorted((a, b) => costOf(a.victims) - costOf(b.victims))[0]
    if (!best) return []
    left.delete(best.host)
    // It could start at once, so nobody has to make room.
    if (best.victims.length === 0) return []
    return [{ jobId: job.jobId, workerId: best.host.workerId, victims: best.victims.map(({ jobId }) => jobId) }]
  })
}

/** The runs that have to end on this worker; null where that would not be enough. */
function victimsOn({ gpus }: Host, job: Urgent): Holder[] | null {
  const suitable = gpus.filter((gpu) => suits(gpu, job))
  let have = suitable.filter(({ free }) => free).length
  const holders = new Map(suitable.flatMap(({ holder }) => (holder ? [[holder.jobId, holder] as const] : [])))
  const victims: Holder[] = []
  for (const holder of [...holders.values()].toSorted(byLoss)) {
    if (have >= job.gpuCount) break
    if (holder.priority >= job.priority) continue
    victims.push(holder)
    have += suitable.filter((gpu) => gpu.holder?.jobId === holder.jobId).length
  }
  return have >= job.gpuCount ? victims : null
}

function byLoss(a: Holder, b: Holder): number {
  return a.priority - b.priority || b.claimedAt - a.claimedAt
}

/** Fewer runs first; the priorities, which are below a thousand each way, decide between equals. */
function costOf(victims: readonly Holder[]): number {
  return victims.reduce((sum, { priority }) => sum + 10_000 + priority, 0)
}
