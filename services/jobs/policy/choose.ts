// Which of the waiting jobs go on the free GPUs and slots of the worker that claims. A pure decision.
import type { Share } from './fair-share.ts'
import { type Head, rank } from './rank.ts'
import { type Lane, type Placement, suits, type WorkerGpu } from './requests.ts'

/** GPUs of this worker that are kept for a job until it has enough of them. */
export interface Kept {
  jobId: string
  gpuIds: ReadonlySet<string>
  /** When there will be enough, in milliseconds from now; infinite where no time limit tells. */
  inMs: number
}

interface Competition {
  workerId: string
  lanes: readonly Lane[]
  shares: ReadonlyMap<string, Share>
}

/**
 * Goes through the jobs in their order and gives each the smallest free GPUs that will do. For the first that needs
 * several and finds too few, this worker's GPUs are kept; a later job may have one of them only where its time limit
 * ends it before they are needed.
 */
export function chooseForGpus<Gpu extends WorkerGpu>(
  { lanes, shares, workerId }: Competition,
  gpus: readonly Gpu[],
): { placements: Placement<Gpu>[]; kept: Kept | null } {
  const ranking = rank(lanes, shares, workerId)
  const placements: Placement<Gpu>[] = []
  let free = gpus.filter((gpu) => gpu.freeInMs === 0).toSorted((a, b) => a.memoryMb - b.memoryMb)
  let kept: Kept | null = null
  while (free.length > 0) {
    const head = ranking.next()
    if (!head) break
    const suitable = free.filter((gpu) => suits(gpu, head.lane))
    const usable = suitable.filter((gpu) => mayUse(gpu, head, kept))
    const { gpuCount } = head.lane
    if (usable.length >= gpuCount) {
      const chosen = usable.slice(0, gpuCount)
      free = free.filter((gpu) => !chosen.includes(gpu))
      placements.push({ jobId: head.job.jobId, account: head.lane.account, gpus: chosen })
      ranking.serve(head)
      continue
    }
    kept ??= keepFor(head, gpus, placements, workerId)
    // Of the same lane, another job may be short enough, or have nothing kept for it elsewhere.
    if (suitable.length >= gpuCount || head.job.keptBy !== null) ranking.skip(head)
    else ranking.close(head)
  }
  return { placements, kept }
}

/** The same for jobs without a GPU, as many as there are slots. */
export function chooseForSlots({ lanes, shares, workerId }: Competition, slots: number): Placement<never>[] {
  const ranking = rank(lanes, shares, workerId)
  const placements: Placement<never>[] = []
  while (placements.length < slots) {
    const head = ranking.next()
    if (!head) break
    placements.push({ jobId: head.job.jobId, account: head.lane.account, gpus: [] })
    ranking.serve(head)
  }
  return placements
}

function mayUse(gpu: WorkerGpu, { job }: Head, kept: Kept | null): boolean {
  return !kept?.gpuIds.has(gpu.id) || (Number.isFinite(job.limitMs) && job.limitMs <= kept.inMs)
}

/** Null where this worker could never serve the job, or another one keeps GPUs for it. */
function keepFor(
  { lane, job }: Head,
  gpus: readonly WorkerGpu[],
  placements: readonly Placement<WorkerGpu>[],
  workerId: string,
): Kept | null {
  // One GPU comes free for the first in the order anyhow, unless it was made free for this job.
  if (job.keptBy !== workerId && (lane.gpuCount < 2 || job.keptBy !== null)) return null
  const taken = new Set(placements.flatMap((placement) => placement.gpus.map(({ id }) => id)))
  const soonest = gpus
    .filter((gpu) => suits(gpu, lane))
    .map((gpu) => ({ id: gpu.id, inMs: taken.has(gpu.id) ? Infinity : gpu.freeInMs }))
    .toSorted((a, b) => compare(a.inMs, b.inMs))
    .slice(0, lane.gpuCount)
  if (soonest.length < lane.gpuCount) return null
  return {
    jobId: job.jobId,
    gpuIds: new Set(soonest.map(({ id }) => id)),
    inMs: Math.max(...soonest.map(({ inMs }) => inMs)),
  }
}

/** Infinity less itself is no number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b
}
