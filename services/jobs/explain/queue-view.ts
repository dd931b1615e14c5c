// The queue as it stands, with the machines that serve it and what is foreseen of each job: read in one snapshot of
// the database, for all who ask at about the same time.
import { inTransaction } from '@constellation/platform/database/database.ts'
import type { Pool, PoolClient } from 'pg'
import { type Durations, expectedRest } from '../policy/durations.ts'
import { MOST_PLACES } from '../policy/explain.ts'
import { NO_USE, type Share } from '../policy/fair-share.ts'
import { foresee, type Reservation } from '../policy/foresee.ts'
import type { Machine } from '../policy/machines.ts'
import { orderOf, type Place, type QueuedLane } from '../policy/order.ts'
import { positionsOf } from '../policy/positions.ts'
import { withinLimits } from '../policy/rank.ts'
import { whyNever } from '../policy/why-never.ts'
import { usedUpBudgets } from '../sql/budget-holds.ts'
import { type KeptJob, readDurations, readKept, readMachines, runsOfAccounts } from '../sql/machines.ts'
import { type Kind, lanesThatWait, loadMore } from '../sql/queue-lanes.ts'
import { sharesOf } from '../sql/shares.ts'

export interface QueueView {
  machines: readonly Machine[]
  /** The lanes that some machine could serve. */
  lanes: readonly QueuedLane[]
  shares: ReadonlyMap<string, Share>
  /** By job. */
  reservations: ReadonlyMap<string, Reservation>
  durations: Durations
  /** By job, for the first 10000 of the order: how many go before it, and one. */
  positions: ReadonlyMap<string, number>
  /** By job, in milliseconds: 0 where all that it needs is free, infinite where nobody can tell. */
  starts: ReadonlyMap<string, number>
  /** True where more jobs wait than have a position here. */
  cut: boolean
}

/** Of a lane that is longer than what was read of it at first, so many jobs more are read, and each time twice as many. */
const MORE_JOBS = 100

/** Reads the part of the queue that asks for GPUs, or the other one. `leaseMs` is what a renewed lease lasts. */
export function readQueue(pool: Pool, kind: Kind, leaseMs: number): Promise<QueueView> {
  return inTransaction(pool, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')
    const durations = await readDurations(client, kind)
    const machines = await readMachines(client, kind, durations, leaseMs)
    const kept = kind === 'gpus' ? await readKept(client) : []
    const waiting = await readLanes(client, kind, kept)
    const lanes = waiting.filter((lane) => whyNever(lane, machines) === null)
    const shares = await readShares(
      client,
      kind,
      lanes.map(({ account }) => account),
    )
    for (const lane of lanes) lane.blocked = !withinLimits(shares.get(lane.account) ?? NO_USE, lane)
    const order = await orderOf(lanes, shares, MOST_PLACES, (lane) => more(client, lane, kept))
    const view = { machines, lanes, shares, reservations: byJob(kept), durations }
    return { ...view, ...play(view, order), cut: order.length >= MOST_PLACES }
  })
}

/** What is foreseen of jobs in this order. */
export function play(
  { machines, reservations, durations }: Pick<QueueView, 'machines' | 'reservations' | 'durations'>,
  order: readonly Place[],
): Pick<QueueView, 'positions' | 'starts'> {
  const expect = ({ id, account }: QueuedLane, limitMs: number) =>
    expectedRest({ laneId: id, account, elapsedMs: 0, limitMs }, durations)
  return { positions: positionsOf(order, machines), starts: foresee({ machines, order, reservations, expect }) }
}

/** The lanes with the first jobs of each. A job for which GPUs are kept is in a lane of its own, as it goes first. */
async function readLanes(client: PoolClient, kind: Kind, kept: readonly KeptJob[]): Promise<QueuedLane[]> {
  const lanes = await lanesThatWait(client, kind)
  const first = kept.flatMap(({ laneId, job }) => {
    const lane = lanes.find(({ id }) => id === laneId)
    return lane ? [{ ...lane, waiting: [job], more: false }] : []
  })
  for (const lane of lanes) leaveOut(lane, kept)
  return [...first, ...lanes]
}

async function more(client: PoolClient, lane: QueuedLane, kept: readonly KeptJob[]): Promise<void> {
  await loadMore(client, lane, Math.max(MORE_JOBS, lane.waiting.length))
  leaveOut(lane, kept)
}

function leaveOut(lane: QueuedLane, kept: readonly KeptJob[]): void {
  const ids = new Set(kept.filter(({ laneId }) => laneId === lane.id).map(({ job }) => job.jobId))
  if (ids.size === 0) return
  const left = lane.waiting.filter(({ jobId }) => !ids.has(jobId))
  lane.waiting.splice(0, lane.waiting.length, ...left)
}

/** What these accounts have, of GPUs or of slots; each has at least what nobody knows anything of. */
export async function readShares(
  client: PoolClient,
  kind: Kind,
  accounts: readonly string[],
): Promise<Map<string, Share>> {
  const names = [...new Set(accounts)]
  const shares = await sharesOf(client, kind, names, [])
  const runs = await runsOfAccounts(client, names)
  const usedUp = await usedUpBudgets(client, names)
  return new Map(
    [...shares].map(([account, share]) => [
      account,
      { ...share, runs: runs.get(account) ?? 0, usedUp: usedUp.get(account) },
    ]),
  )
}

function byJob(kept: readonly KeptJob[]): Map<string, Reservation> {
  return new Map(kept.map(({ job, workerId, readyInMs }) => [job.jobId, { workerId, readyInMs }]))
}
