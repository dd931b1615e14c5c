// Why a job waits, in a word and in a sentence: a pure decision on what is known of it, of the machines, and of those
// that go before it. Nothing in it names the job of somebody else.
import type { Share, UsedUp } from './fair-share.ts'
import type { Reservation } from './foresee.ts'
import { fitOf, type Machine, type Need } from './machines.ts'
import type { Why } from './why.ts'
import { whyNever } from './why-never.ts'

/** More positions than this are not told apart. */
export const MOST_PLACES = 10_000

/** A job that waits, and what concerns it alone. */
export interface Waiter {
  account: string
  need: Need
  /** The jobs that it waits for; only some may be named. */
  waitingOn: number
  waitsFor: readonly Awaited[]
  /** When it may start, where that has not come. */
  notBefore: { at: Date; why: 'start_time' | 'backoff' } | null
  /** How many runs are being ended for it. */
  endingForIt: number
}

/** A job that another one waits for. */
export interface Awaited {
  id: string
  name: string
  state: string
}

/** What the queue and the machines are like for it. */
export interface Standing {
  machines: readonly Machine[]
  /** What its account has. */
  share: Share
  /** True where the account may have one more such run. */
  withinLimits: boolean
  /** GPUs that are kept for it. */
  kept: Reservation | null
  /** Workers whose GPUs are kept for other jobs, and when those are needed. */
  keptForOthers: ReadonlyMap<string, number>
  position: number
  /** Infinite where nobody can tell. */
  startInMs: number
}

export interface Explanation extends Why {
  /** Null while it is not its turn to queue. */
  position: number | null
  /** When it will start; null where nobody can tell. */
  eta: Date | null
  /** The worker whose GPUs are kept for it, if any are. */
  keptOn?: string
}

/** Why a job waits that is not to be considered yet; null where it is. */
export function whyNotYet({ waitingOn, waitsFor, notBefore }: Waiter): Explanation | null {
  if (waitingOn > 0) return aside({ reason: 'DEPENDENCY', message: `Waits for ${nameAll(waitsFor, waitingOn)}.` })
  if (!notBefore) return null
  const at = notBefore.at.toISOString()
  const why: Why =
    notBefore.why === 'backoff'
      ? {
          reason: 'BACKOFF',
          message: `Its last attempt failed; the next one begins at ${at}, or when it can after that.`,
        }
      : { reason: 'START_TIME', message: `Starts at ${at}, or when it can after that.` }
  return aside(why, notBefore.at)
}

/** Why a job waits that could be given to a worker, for all that it waits for itself. */
export function whyWaiting(waiter: Waiter, standing: Standing, now: Date): Explanation {
  const never = whyNever(waiter.need, standing.machines)
  if (never) return aside(never)
  if (standing.share.usedUp) return aside(usedUp(waiter, standing.share.usedUp))
  if (!standing.withinLimits) return aside(quota(waiter, standing.share))
  const why = whyReady(waiter, standing)
  // How long runs take that were asked to end, nobody can tell.
  const isKnown = Number.isFinite(standing.startInMs) && why.reason !== 'PREEMPTING'
  const eta = isKnown ? toSecond(now.getTime() + standing.startInMs) : null
  const kept = standing.kept && { keptOn: standing.kept.workerId }
  return { ...why, position: Math.min(standing.position, MOST_PLACES), eta, ...kept }
}

function aside(why: Why, eta: Date | null = null): Explanation {
  return { ...why, position: null, eta }
}

/** Finer than that it would be guessed anew each time. */
function toSecond(ms: number): Date {
  return new Date(Math.ceil(ms / 1000) * 1000)
}

function whyReady(waiter: Waiter, standing: Standing): Why {
  if (standing.startInMs === 0) {
    return { reason: 'STARTING', message: 'What it needs is free: it is about to be given to a worker.' }
  }
  if (waiter.endingForIt > 0) return preempting(waiter, standing)
  if (standing.kept) return gathering(waiter, standing.kept, standing)
  return reserved(waiter, standing) ?? behind(standing) ?? busy(waiter, standing)
}

function quota({ account, need }: Waiter, { held, maxGpus, runs, maxRuns }: Share): Why {
  const asks = { reason: 'QUOTA' } as const
  if (maxRuns === 0 || need.gpuCount > maxGpus) {
    const may = maxRuns === 0 ? 'have no runs' : `hold ${gpus(maxGpus)}`
    return { ...asks, message: `Account ${account} may ${may}: it cannot start unless an operator raises that.` }
  }
  if (runs >= maxRuns) return { ...asks, message: `Account ${account} has ${runs} of its ${maxRuns} runs.` }
  const needs = need.gpuCount > 1 ? `, and this needs ${need.gpuCount}` : ''
  return { ...asks, message: `Account ${account} holds ${held} of its ${gpus(maxGpus)}${needs}.` }
}

function usedUp({ account }: Waiter, { unit, amount, spent, until }: UsedUp): Why {
  const inUnit = (decimal: string) => `${shorten(decimal)} ${unit === 'GPU_HOURS' ? 'GPU-hours' : unit}`
  const ends = until.toISOString().replace('.000Z', 'Z')
  return {
    reason: 'BUDGET',
    message: `The budget of account ${account} is used up: ${shorten(spent)} of ${inUnit(amount)} are spent. It can start when that is raised, or when the month ends at ${ends}.`,
  }
}

/** A decimal to four places at most, without the zeros at its end but for the cents. */
function shorten(decimal: string): string {
  const [whole = '', part = ''] = decimal.split('.')
  return `${whole}.${part.slice(0, 4).replace(/0+$/, '').padEnd(2, '0')}`
}

function preempting({ endingForIt }: Waiter, { kept }: Standing): Why {
  const are = endingForIt === 1 ? 'A run of lower priority is' : `${endingForIt} runs of lower priority are`
  return { reason: 'PREEMPTING', message: `${are} being ended for it${kept ? ` on ${kept.workerId}` : ''}.` }
}

function gathering({ need }: Waiter, { workerId }: Reservation, { machines }: Standing): Why {
  const [host] = freeOf(
    need,
    machines.filter((machine) => machine.workerId === workerId),
  )
  const free = Math.min(host?.free ?? 0, need.gpuCount)
  const are = free === 1 ? 'is' : 'are'
  return {
    reason: 'GATHERING',
    message: `GPUs of ${workerId} are kept for it: ${free} of ${need.gpuCount} ${are} free.`,
  }
}

function reserved({ need }: Waiter, { machines, keptForOthers }: Standing): Why | null {
  const idle = freeOf(need, machines).filter(
    ({ workerId, free }) => keptForOthers.has(workerId) && need.gpuCount > 0 && free >= need.gpuCount,
  )
  if (idle.length === 0) return null
  const seconds = Math.floor(Math.max(...idle.map(({ workerId }) => keptForOthers.get(workerId) ?? 0)) / 1000)
  const limit = Number.isFinite(seconds) ? `time limit of up to ${seconds} s` : 'time limit'
  const way = seconds > 0 && need.gpuCount === 1 ? ` With a ${limit} it could start before that one.` : ''
  return {
    reason: 'RESERVED_FOR_OTHERS',
    message: `GPUs that would do are free, and kept for a job that goes before it.${way}`,
  }
}

function behind({ position }: Standing): Why | null {
  if (position <= 1) return null
  const before = position - 1
  const are =
    position >= MOST_PLACES ? `${MOST_PLACES} jobs or more go` : before === 1 ? '1 job goes' : `${before} jobs go`
  return { reason: 'BEHIND_OTHERS', message: `${are} before it.` }
}

function busy({ need }: Waiter, { machines }: Standing): Why {
  const hosts = freeOf(need, machines)
  const total = hosts.reduce((sum, { all }) => sum + all, 0)
  if (need.gpuCount === 0) {
    return { reason: 'BUSY', message: `All ${total} slots for jobs without a GPU are in use.` }
  }
  const best = hosts.toSorted((a, b) => b.free - a.free)[0]
  if (!best || best.free === 0) {
    const all = total === 1 ? 'The one GPU that would do is' : `All ${total} GPUs that would do are`
    return { reason: 'BUSY', message: `${all} in use.` }
  }
  return {
    reason: 'BUSY',
    message: `It needs ${need.gpuCount} GPUs of one worker; the most that are free are ${best.free}, of ${best.workerId}.`,
  }
}

/** Of each worker that could run it: how many GPUs would do, or slots there are, and how many of them are free. */
function freeOf(need: Need, machines: readonly Machine[]) {
  return machines.flatMap((machine) => {
    const fit = fitOf(machine, need)
    if (!fit.possible) return []
    const units = need.gpuCount > 0 ? fit.gpus.map(({ freeInMs }) => freeInMs) : machine.slots
    return [{ workerId: machine.workerId, all: units.length, free: units.filter((inMs) => inMs === 0).length }]
  })
}

const MOST_NAMED = 3

function nameAll(jobs: readonly Awaited[], total: number): string {
  const named = jobs.slice(0, MOST_NAMED).map(({ id, name, state }) => `job ${name} (${id}), which is ${state}`)
  const others = total - named.length
  if (others <= 0) return named.join(', and for ')
  if (named.length === 0) return others === 1 ? 'a job' : `${others} jobs`
  return [...named, others === 1 ? 'one more' : `${others} more`].join(', and for ')
}

function gpus(count: number): string {
  return count === 1 ? '1 GPU' : `${count} GPUs`
}
