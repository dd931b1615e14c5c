// The order in which the jobs that wait would be given to workers that have room for all of them: as `rank.ts` has it
// for a claim, for many thousands at a time.
import { setImmediate } from 'node:timers/promises'
import { type Balance, balanceOf, lagOf, NO_USE, type Share, useOf } from './fair-share.ts'
import type { Need } from './machines.ts'
import type { Lane, Waiting } from './requests.ts'

/** A lane of which the first jobs are known. */
export interface QueuedLane extends Lane, Need {
  waiting: Waiting[]
  /** True where there are more than are known. */
  more: boolean
  /** True where its account may have no further run of it now. */
  blocked: boolean
}

export interface Place {
  lane: QueuedLane
  job: Waiting
}

/** Stands for whichever worker keeps GPUs for a job, which then goes first. */
export const ANY_KEEPER = '*'

/** The thread is left to others after so many jobs. */
const TURN = 500

/**
 * The first `most` jobs. Each counts for the share of its account as soon as it is given. Jobs of lanes that are blocked
 * are left out, though their accounts compete. `loadMore` adds to a lane that has more; where it does not, the order
 * ends there.
 */
export async function orderOf(
  lanes: readonly QueuedLane[],
  shares: ReadonlyMap<string, Share>,
  most: number,
  loadMore: (lane: QueuedLane) => Promise<void>,
): Promise<Place[]> {
  const rivals = [...Map.groupBy(lanes, ({ account }) => account)].map(([account, own]) =>
    rivalOf(own, shares.get(account)),
  )
  const balance = balanceOf(rivals.map(({ share }) => share))
  const order: Place[] = []
  while (order.length < most) {
    const first = firstOf(rivals, balance)
    const cursor = first?.cursors[0]
    const job = cursor && headOf(cursor)
    if (!first || !cursor || !job) break
    order.push({ lane: cursor.lane, job })
    if (cursor.lane.more && cursor.at === cursor.lane.waiting.length - 1) {
      await loadMore(cursor.lane)
      if (cursor.lane.more && cursor.at === cursor.lane.waiting.length - 1) break
    }
    serve(first, cursor, balance)
    if (order.length % TURN === 0) await setImmediate()
  }
  return order
}

/** An account that competes. */
interface Rival {
  share: Share
  /** Its lanes that have jobs left, as a heap: the one whose job goes first is at the top. */
  cursors: Cursor[]
}

interface Cursor {
  lane: QueuedLane
  at: number
}

function rivalOf(lanes: readonly QueuedLane[], share: Share = NO_USE): Rival {
  const open = lanes.filter(({ blocked, waiting }) => !blocked && waiting.length > 0)
  // A sorted list is a heap.
  const cursors = open.map((lane) => ({ lane, at: 0 })).toSorted((a, b) => (goesBefore(a, b) ? -1 : 1))
  return { share: { ...share }, cursors }
}

function headOf({ lane, at }: Cursor): Waiting | undefined {
  return lane.waiting[at]
}

function firstOf(rivals: readonly Rival[], balance: Balance): Rival | undefined {
  let first: { rival: Rival; job: Waiting; rank: number } | undefined
  for (const rival of rivals) {
    const job = rival.cursors[0] && headOf(rival.cursors[0])
    if (!job) continue
    const rank = job.keptBy === null ? job.place + lagOf(rival.share, balance) : -Infinity
    if (!first || rank < first.rank || (rank === first.rank && job.jobId < first.job.jobId))
      first = { rival, job, rank }
  }
  return first?.rival
}

function serve({ share, cursors }: Rival, cursor: Cursor, balance: Balance): void {
  balance.use -= useOf(share)
  share.held += Math.max(1, cursor.lane.gpuCount)
  balance.use += useOf(share)
  cursor.at += 1
  if (!headOf(cursor)) {
    const last = cursors.pop()
    if (last && last !== cursor) cursors[0] = last
  }
  sink(cursors)
}

/** Moves the top down to where it belongs. */
function sink(cursors: Cursor[]): void {
  for (let at = 0; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2]
    const child = comesFirst(cursors[right], cursors[left]) ? right : left
    const [above, below] = [cursors[at], cursors[child]]
    if (!above || !below || !goesBefore(below, above)) return
    cursors[at] = below
    cursors[child] = above
    at = child
  }
}

function comesFirst(a: Cursor | undefined, b: Cursor | undefined): boolean {
  return a !== undefined && b !== undefined && goesBefore(a, b)
}

/** Of the same account, whose lag is the same for both. */
function goesBefore(a: Cursor, b: Cursor): boolean {
  const [one, other] = [headOf(a), headOf(b)]
  if (!one || !other) return other === undefined
  const [rankOne, rankOther] = [rankOf(one), rankOf(other)]
  return rankOne < rankOther || (rankOne === rankOther && one.jobId < other.jobId)
}

function rankOf({ keptBy, place }: Waiting): number {
  return keptBy === null ? place : -Infinity
}
