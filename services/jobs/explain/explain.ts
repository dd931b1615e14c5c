// Why jobs wait, where they stand in the queue, and when they will start.
import type { Pool } from 'pg'
import { type Awaited, type Explanation, MOST_PLACES, type Waiter, whyNotYet, whyWaiting } from '../policy/explain.ts'
import { NO_USE } from '../policy/fair-share.ts'
import { withinLimits } from '../policy/rank.ts'
import { whyNever } from '../policy/why-never.ts'
import type { Kind } from '../sql/queue-lanes.ts'
import { findWaiters, type WaiterRow } from '../sql/waiters.ts'
import type { QueueView } from './queue-view.ts'
import type { QueueViews } from './queue-views.ts'

/** Tells of jobs that wait for others which those are, as far as they may be named: the first few, by waiting job. */
type NamesOf = (ids: readonly string[]) => Promise<ReadonlyMap<string, readonly Awaited[]>>

/** In the order of the ids; null for a job that does not wait. A list of jobs costs no more questions than one. */
export async function explainJobs(
  pool: Pool,
  views: QueueViews,
  namesOf: NamesOf,
  ids: readonly string[],
): Promise<(Explanation | null)[]> {
  const rows = await findWaiters(pool, ids)
  const waitForOthers = rows.filter(({ waitingOn }) => waitingOn > 0).map(({ jobId }) => jobId)
  const names = waitForOthers.length > 0 ? await namesOf(waitForOthers) : new Map<string, Awaited[]>()
  const now = new Date()
  const early = new Map(rows.map((row) => [row.jobId, whyNotYet(toWaiter(row, names.get(row.jobId) ?? []))]))
  const ready = rows.filter(({ jobId }) => !early.get(jobId))
  const viewOf = await chooseViews(views, ready)
  const late = new Map(ready.map((row) => [row.jobId, explainReady(row, viewOf(row), now)]))
  return ids.map((id) => early.get(id.toLowerCase()) ?? late.get(id.toLowerCase()) ?? null)
}

function toWaiter(row: WaiterRow, waitsFor: readonly Awaited[]): Waiter {
  const { account, waitingOn, notBefore, whyNotBefore, endingForIt } = row
  return {
    account,
    need: row,
    waitingOn,
    waitsFor,
    notBefore: notBefore && { at: notBefore, why: whyNotBefore ?? 'start_time' },
    endingForIt,
  }
}

/** A view that knows all of these jobs, for each. */
async function chooseViews(views: QueueViews, rows: readonly WaiterRow[]): Promise<(row: WaiterRow) => QueueView> {
  const chosen = new Map<Kind, QueueView>()
  for (const [kind, ofKind] of Map.groupBy(rows, kindOf)) {
    const recent = await views.recent(kind)
    chosen.set(kind, ofKind.every((row) => knows(recent, row)) ? recent : await views.fresh(kind))
  }
  return (row) => {
    const view = chosen.get(kindOf(row))
    if (!view) throw new Error('A job is explained without a view of the queue.')
    return view
  }
}

/** Whether the view tells of the job. It has no position, either, where nobody could run it or its account may not have it. */
export function knows(view: QueueView, row: WaiterRow): boolean {
  return view.positions.has(row.jobId) || view.cut || whyNever(row, view.machines) !== null || !isWithin(view, row)
}

function explainReady(row: WaiterRow, view: QueueView, now: Date): Explanation {
  const standing = {
    machines: view.machines,
    share: view.shares.get(row.account) ?? NO_USE,
    withinLimits: isWithin(view, row),
    kept: view.reservations.get(row.jobId) ?? null,
    keptForOthers: keptForOthers(view, row.jobId),
    // One that was claimed this moment has no place any more.
    position: view.positions.get(row.jobId) ?? (view.cut ? MOST_PLACES : 1),
    startInMs: view.starts.get(row.jobId) ?? (view.cut ? Infinity : 0),
  }
  return whyWaiting(toWaiter(row, []), standing, now)
}

function isWithin({ shares }: QueueView, row: WaiterRow): boolean {
  return withinLimits(shares.get(row.account) ?? NO_USE, row)
}

function kindOf({ gpuCount }: WaiterRow): Kind {
  return gpuCount > 0 ? 'gpus' : 'slots'
}

/** By worker, when the GPUs are needed that are kept for others than this job. */
export function keptForOthers({ reservations }: QueueView, jobId: string | null): Map<string, number> {
  const others = [...reservations].filter(([kept]) => kept !== jobId)
  return new Map(others.map(([, { workerId, readyInMs }]) => [workerId, readyInMs]))
}
