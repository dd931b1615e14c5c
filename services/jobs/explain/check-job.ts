// Whether a job could ever run, where, and what it would wait for, if it were submitted now. Nothing is stored.
import { inTransaction } from '@constellation/platform/database/database.ts'
import type { Problem } from '@constellation/platform/errors.ts'
import type { Pool } from 'pg'
import type { Context } from '../context.ts'
import type { SubmitJobInput } from '../generated/resolvers.ts'
import { type Explanation, MOST_PLACES, type Waiter, whyNotYet, whyWaiting } from '../policy/explain.ts'
import { NO_USE, type Share } from '../policy/fair-share.ts'
import { whyNotThere } from '../policy/fit-words.ts'
import { fitOf, fitOnceBack, type Machine, type Need } from '../policy/machines.ts'
import { orderOf, type QueuedLane } from '../policy/order.ts'
import { withinLimits } from '../policy/rank.ts'
import { MINUTES_A_POINT } from '../policy/requests.ts'
import { couldEver } from '../policy/why-never.ts'
import { lockNamed } from '../sql/dependencies.ts'
import type { Kind } from '../sql/queue-lanes.ts'
import { type NewJob, prepare } from '../submission/prepare.ts'
import { requireSubmitter } from '../submit.ts'
import { keptForOthers } from './explain.ts'
import { play, type QueueView, readShares } from './queue-view.ts'
import { type QueueViews, sharedViews } from './queue-views.ts'

/** What a worker has for the job. */
export interface Fit {
  workerId: string
  possible: boolean
  gpusThatFit: number
  gpusFree: number
  reason: string | null
}

export interface Check {
  explanation: Explanation
  possible: boolean
  workers: Fit[]
}

/**
 * What is known of such a job, or what is wrong with the input. Of an array, of its first job.
 * @throws ConstellationError FORBIDDEN for roles that submit nothing
 */
export async function checkJob(
  { who, pool, leaseMs }: Context,
  input: SubmitJobInput,
  views: QueueViews = sharedViews(pool, leaseMs),
): Promise<Check | { problems: Problem[] }> {
  requireSubmitter(who)
  const prepared = await prepare(pool, who, [input])
  if ('problems' in prepared) return { problems: prepared.problems.map(ofOnlyInput) }
  const [job] = prepared.jobs
  if (!job) throw new Error('An input without problems makes no job.')
  const named = await lockNamed(pool, who, prepared.others)
  if ('problems' in named) return { problems: named.problems.map(ofOnlyInput) }
  const kind = job.lane.gpuCount > 0 ? 'gpus' : 'slots'
  const view = await views.recent(kind)
  const waitingOn = prepared.others.filter(({ id }) => !named.met.has(id)).length
  const explanation = await explain(pool, kind, view, job, waitingOn)
  return {
    explanation,
    possible: couldEver(job.lane, view.machines),
    workers: view.machines.map((machine) => toFit(machine, job.lane)),
  }
}

async function explain(pool: Pool, kind: Kind, view: QueueView, job: NewJob, waitingOn: number): Promise<Explanation> {
  const now = new Date()
  const startAt = job.spec.startAt === null ? null : new Date(job.spec.startAt)
  const waiter: Waiter = {
    account: job.account,
    need: job.lane,
    waitingOn,
    waitsFor: [],
    notBefore: startAt && startAt > now ? { at: startAt, why: 'start_time' } : null,
    endingForIt: 0,
  }
  const share = await shareOf(pool, kind, view, job.account)
  const early = couldEver(job.lane, view.machines) ? whyNotYet(waiter) : null
  return early ?? whyWaiting(waiter, { ...(await foreseen(view, job, share, now)), share }, now)
}

async function shareOf(pool: Pool, kind: Kind, { shares }: QueueView, account: string): Promise<Share> {
  const known = shares.get(account)
  if (known) return known
  const read = await inTransaction(pool, (client) => readShares(client, kind, [account]))
  return read.get(account) ?? NO_USE
}

/** Where the job would stand if it were the last to come: the queue is played through with it. */
async function foreseen(view: QueueView, job: NewJob, share: Share, now: Date) {
  const isWithin = withinLimits(share, job.lane)
  const mine: QueuedLane = {
    ...job.lane,
    id: -1,
    waiting: [
      {
        jobId: job.id,
        place: now.getTime() - job.spec.priority * MINUTES_A_POINT * 60_000,
        limitMs: job.spec.timeoutSeconds === null ? Infinity : job.spec.timeoutSeconds * 1_000,
        keptBy: null,
      },
    ],
    more: false,
    blocked: !isWithin,
  }
  const shares = new Map(view.shares).set(job.account, share)
  const order = await orderOf([...view.lanes, mine], shares, MOST_PLACES, async () => {})
  const { positions, starts } = play(view, order)
  return {
    machines: view.machines,
    withinLimits: isWithin,
    kept: null,
    keptForOthers: keptForOthers(view, null),
    position: positions.get(job.id) ?? MOST_PLACES,
    startInMs: starts.get(job.id) ?? Infinity,
  }
}

function toFit(machine: Machine, need: Need): Fit {
  const { possible, gpus } = fitOf(machine, need)
  return {
    workerId: machine.workerId,
    possible,
    gpusThatFit: fitOnceBack(machine, need).gpus.length,
    gpusFree: gpus.filter(({ freeInMs }) => freeInMs === 0).length,
    reason: whyNotThere(machine, need),
  }
}

function ofOnlyInput({ path, message }: Problem): Problem {
  return { path: path.split('.').slice(1).join('.'), message }
}
