// A worker takes runs: the jobs that go on the GPUs and slots it offers, each with a lease of a new epoch.
import { setTimeout as delay } from 'node:timers/promises'
import { inTransaction, isUniqueViolation } from '@constellation/platform/database/database.ts'
import { invalidInput } from '@constellation/platform/errors.ts'
import { requireRole } from '@constellation/platform/identity.ts'
import type { Pool, PoolClient } from 'pg'
import * as v from 'valibot'
import type { Context } from './context.ts'
import type { ClaimRunsInput } from './generated/resolvers.ts'
import { chooseForGpus, chooseForSlots } from './policy/choose.ts'
import type { Share } from './policy/fair-share.ts'
import type { Placement } from './policy/requests.ts'
import { bindRuns, type Claim } from './sql/bind.ts'
import { type HeadOfLane, headKeptBy, headsForGpus, headsForSlots, whatWaits } from './sql/lanes.ts'
import { keepGpus } from './sql/reservations.ts'
import { type Kind, sharesOf } from './sql/shares.ts'
import { noteSighting } from './sql/sightings.ts'
import { gpusOfWorker, type KnownGpu } from './sql/worker-gpus.ts'
import { problemsOf } from './submission/spec.ts'

const offer = v.object({
  cpuSlots: v.pipe(v.number(), v.minValue(0, 'must be at least 0'), v.maxValue(1000, 'must be at most 1000')),
  gpuIds: v.pipe(
    v.array(v.pipe(v.string(), v.uuid('must be the id that registering gave'), v.toLowerCase())),
    v.maxLength(64, 'must be at most 64'),
  ),
})
type Offer = v.InferOutput<typeof offer>

/** How far into a lane short jobs are looked for. */
const BACKFILL_DEPTH = 64
/** How often a claim is tried where all that it chose was taken by another process meanwhile. */
const TRIES = 5

/** Gives runs to the worker, in the queue's order; none where nothing fits. */
export async function claimRuns({ who, pool, announce, leaseMs }: Context, input: ClaimRunsInput): Promise<Claim[]> {
  requireRole(who, 'worker')
  const checked = v.safeParse(offer, input)
  if (!checked.success) throw invalidInput(problemsOf(checked.issues))
  // At the same time, so that it keeps nobody waiting.
  const [claims] = await Promise.all([
    claimInTurn(pool, who.id, checked.output, leaseMs),
    noteSighting(pool, who.id, checked.output.cpuSlots),
  ])
  if (claims.length > 0) announce.changed()
  return claims
}

/** Most who ask find nothing, and a thousand workers ask all the time: nobody waits for a turn then. */
async function claimInTurn(pool: Pool, workerId: string, offered: Offer, leaseMs: number): Promise<Claim[]> {
  const { gpus, slots } = await whatWaits(pool)
  const mayGet = (gpus && offered.gpuIds.length > 0) || (slots && offered.cpuSlots > 0)
  return mayGet ? inTurn(pool, () => claimWhatIsLeft(pool, workerId, offered, leaseMs)) : []
}

/** Tries again where others were quicker, as long as there may be something left. */
async function claimWhatIsLeft(pool: Pool, workerId: string, offered: Offer, leaseMs: number): Promise<Claim[]> {
  for (let left = TRIES; left > 0; left--) {
    const tried = await tryToClaim(pool, workerId, offered, leaseMs)
    if (tried !== 'again') return tried
  }
  return []
}

const turns = new WeakMap<Pool, Promise<unknown>>()
/** A claim that takes longer is held up by something; the others do not wait for it any more. In milliseconds. */
const LONGEST_TURN_MS = 3_000

/** One claim at a time in a process: of two at once one would choose what the other takes. */
async function inTurn<T>(pool: Pool, work: () => Promise<T>): Promise<T> {
  const before = turns.get(pool)
  const mine = (async () => {
    if (before) await Promise.race([before.catch(() => undefined), delay(LONGEST_TURN_MS, undefined, { ref: false })])
    return work()
  })()
  turns.set(pool, mine)
  return mine
}

async function tryToClaim(pool: Pool, workerId: string, offered: Offer, leaseMs: number): Promise<Claim[] | 'again'> {
  try {
    // What is chosen is bound by one statement, which is right by itself; a transaction would only take longer.
    const claims = await chooseAndBind({ client: pool, locks: false, workerId, leaseMs }, offered)
    if (claims !== 'limited') return claims
    return await inTransaction(pool, async (client) => {
      const locked = await chooseAndBind({ client, locks: true, workerId, leaseMs }, offered)
      return locked === 'limited' ? 'again' : locked
    })
  } catch (error) {
    // Another process bound one of the same GPUs at this moment.
    if (isUniqueViolation(error)) return 'again'
    throw error
  }
}

interface Attempt {
  client: Pool | PoolClient
  /** True in a transaction, where the limits of accounts are locked until what they allow is bound. */
  locks: boolean
  workerId: string
  leaseMs: number
}

/** `limited` where an account has limits, and they could not be locked. */
async function chooseAndBind(attempt: Attempt, offered: Offer): Promise<Claim[] | 'again' | 'limited'> {
  const onGpus = offered.gpuIds.length > 0 ? await placeOnGpus(attempt, offered.gpuIds) : []
  if (onGpus === 'limited') return onGpus
  const inSlots = offered.cpuSlots > 0 ? await placeInSlots(attempt, offered.cpuSlots, onGpus) : []
  if (inSlots === 'limited') return inSlots
  const placements = [...onGpus, ...inSlots]
  if (placements.length === 0) return []
  const claims = await bindRuns(attempt.client, placements, attempt.workerId, attempt.leaseMs)
  return claims.length > 0 ? claims : 'again'
}

async function placeOnGpus(
  { client, locks, workerId }: Attempt,
  offered: readonly string[],
): Promise<Placement<KnownGpu>[] | 'limited'> {
  const gpus = await gpusOfWorker(client, workerId, offered)
  const free = gpus.filter((gpu) => gpu.freeInMs === 0).length
  if (free === 0) return []
  const first = await headKeptBy(client, workerId)
  const look = async (depth: number) => {
    const lanes = [...first, ...without(await headsForGpus(client, workerId, mostOf(gpus), depth), first)]
    if (!locks && lanes.some(({ limited }) => limited)) return 'limited' as const
    const shares = await sharesFor(client, 'gpus', lanes)
    return chooseForGpus({ workerId, lanes, shares }, gpus)
  }
  let choice = await look(free)
  // Behind the heads there may be jobs that are short enough for the GPUs that are kept.
  if (choice !== 'limited' && choice.kept && used(choice.placements) < free) choice = await look(BACKFILL_DEPTH)
  if (choice === 'limited') return choice
  if (choice.kept || first.length > 0) await keepGpus(client, workerId, choice.kept)
  return choice.placements
}

function used(placements: readonly Placement<KnownGpu>[]): number {
  return placements.reduce((sum, { gpus }) => sum + gpus.length, 0)
}

/** The lanes without the jobs that stand in the others. */
function without(lanes: readonly HeadOfLane[], others: readonly HeadOfLane[]): HeadOfLane[] {
  const ids = new Set(others.flatMap(({ waiting }) => waiting.map(({ jobId }) => jobId)))
  if (ids.size === 0) return [...lanes]
  return lanes.map((lane) => ({ ...lane, waiting: lane.waiting.filter(({ jobId }) => !ids.has(jobId)) }))
}

/** What no lane may ask more of. */
function mostOf(gpus: readonly KnownGpu[]) {
  return {
    count: gpus.length,
    models: [...new Set(gpus.map(({ model }) => model))],
    memoryMb: Math.max(...gpus.map(({ memoryMb }) => memoryMb)),
    capability: Math.max(...gpus.map(({ capability }) => capability)),
  }
}

/** `placed` are the runs of this claim that are not in the tables yet: they count for the limits. */
async function placeInSlots(
  { client, locks, workerId }: Attempt,
  slots: number,
  placed: readonly Placement<unknown>[],
): Promise<Placement<never>[] | 'limited'> {
  const lanes = await headsForSlots(client, workerId, slots)
  if (lanes.length === 0) return []
  if (!locks && lanes.some(({ limited }) => limited)) return 'limited'
  const shares = await sharesFor(client, 'slots', lanes)
  for (const { account } of placed) {
    const share = shares.get(account)
    if (share) share.runs += 1
  }
  return chooseForSlots({ workerId, lanes, shares }, slots)
}

/** Where one account without limits is alone, there is nothing to share. */
async function sharesFor(
  client: Pool | PoolClient,
  kind: Kind,
  lanes: readonly HeadOfLane[],
): Promise<ReadonlyMap<string, Share>> {
  const accounts = [...new Set(lanes.map(({ account }) => account))]
  const limited = [...new Set(lanes.filter((lane) => lane.limited).map(({ account }) => account))]
  return accounts.length > 1 || limited.length > 0 ? sharesOf(client, kind, accounts, limited) : new Map()
}
