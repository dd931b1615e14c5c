// Which priority brings a waiting job before or after another one: the order is played through with it. Pure.
import type { Share } from './fair-share.ts'
import { orderOf, type QueuedLane } from './order.ts'
import { MINUTES_A_POINT, type Waiting } from './requests.ts'

/** As `schema/jobs.graphql` has it. */
const LEAST = -1000
const HIGHEST = 1000
const POINT_MS = MINUTES_A_POINT * 60_000

export type Side = 'before' | 'after'

interface Queue {
  lanes: readonly QueuedLane[]
  shares: ReadonlyMap<string, Share>
}

/**
 * The nearest priority to its present one with which the job goes before or after the other one; null where none does
 * it. Both are in the lanes.
 */
export async function priorityFor(
  queue: Queue,
  { id, priority }: { id: string; priority: number },
  side: Side,
  otherId: string,
): Promise<number | null> {
  const goesBefore = (tried: number) => isFirst(queue, id, (priority - tried) * POINT_MS, otherId)
  // The higher the priority, the earlier: so the first one with which it goes before is found by halving.
  let [low, high] = [LEAST, HIGHEST + 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (await goesBefore(middle)) high = middle
    else low = middle + 1
  }
  if (side === 'before') return low > HIGHEST ? null : Math.max(low, priority)
  return low - 1 < LEAST ? null : Math.min(low - 1, priority)
}

/** Whether the job, were its place so many milliseconds later, goes before the other one. */
async function isFirst({ lanes, shares }: Queue, id: string, byMs: number, otherId: string): Promise<boolean> {
  const moved = lanes.map((lane) => withMoved(lane, id, byMs))
  const most = lanes.reduce((sum, { waiting }) => sum + waiting.length, 0)
  const order = await orderOf(moved, shares, most, async () => {})
  const first = order.find(({ job }) => job.jobId === id || job.jobId === otherId)
  return first?.job.jobId === id
}

function withMoved(lane: QueuedLane, id: string, byMs: number): QueuedLane {
  if (!lane.waiting.some(({ jobId }) => jobId === id)) return lane
  const waiting = lane.waiting.map((job) => (job.jobId === id ? { ...job, place: job.place + byMs } : job))
  return { ...lane, waiting: waiting.toSorted(byPlace) }
}

function byPlace(a: Waiting, b: Waiting): number {
  return a.place - b.place || (a.jobId < b.jobId ? -1 : 1)
}
