// Ends a run before its time: at its time limit, on the worker's order, or when the lease is not renewed.

import { setTimeout as delay } from 'node:timers/promises'
import { uptimeMs } from '../clock.ts'
import type { Execution } from '../executors/execution.ts'
import { type Deadline, type Order, type RunExit, type RunFiles, type RunSpec, readJson } from './files.ts'

/** Why a run has to end, and by when it must be dead, an instant of `uptimeMs`. */
interface Ending {
  outcome: RunExit['outcome']
  sentence: string
  killAt: number
}

export interface Ender {
  /** The first reason for which the run had to end, if there was one. */
  reason(): Pick<Ending, 'outcome' | 'sentence'> | undefined
  /** Ends what the command left behind. Returns when nothing of it lives. */
  sweep(): Promise<void>
  /** Stops watching. */
  close(): void
}

/** How often, at least, the instants are looked at: timers stand still while a machine sleeps, and cannot be longer than 24.8 days. */
const LOOK_MS = 1_000
/** The least time between two looks. */
const SOON_MS = 5
/** How often the end of a dying tree is looked for. */
const SWEEP_MS = 20

const LEASE_LOST = 'The lease could not be renewed in time, so the run was ended here before it can start elsewhere.'
const SENTENCES = {
  cancel: 'The run was cancelled.',
  release: 'The worker stopped, and the run with it.',
  over: 'The run is no longer this worker’s.',
} as const

/** Watches over a running command. `say` is called once, when there is a reason to end it. */
export function watchOver(
  execution: Execution,
  spec: RunSpec,
  files: RunFiles,
  lease: Deadline,
  say: (sentence: string) => void,
): Ender {
  const dying = createDying(execution, say)
  const limitAt = spec.timeoutSeconds === null ? Infinity : uptimeMs() + spec.timeoutSeconds * 1_000
  let deadline = lease
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const look = async () => {
    if (uptimeMs() >= deadline.warnAt) deadline = await renewedDeadline(files.deadline, deadline)
    const now = uptimeMs()
    if (now >= deadline.warnAt) dying.begin({ outcome: 'RELEASED', sentence: LEASE_LOST, killAt: deadline.killAt })
    if (now >= limitAt) dying.begin(atTimeLimit(spec, now))
    dying.killIfDue(now)
    const next = Math.min(...[deadline.warnAt, limitAt, dying.killAt()].filter((instant) => instant > now))
    clearTimeout(timer)
    if (!closed) timer = setTimeout(look, Math.max(SOON_MS, Math.min(LOOK_MS, next - now)))
  }
  const obey = async (order: Order | undefined) => {
    dying.begin(byOrder(order ?? { why: 'release', graceMs: spec.graceMs }))
    await look()
  }
  const readOrder = () => readJson<Order>(files.order).catch(() => undefined)
  const onSignal = () => void readOrder().then(obey)
  process.on('SIGTERM', onSignal)
  // The order may have come before there was anyone to hear the signal.
  void readOrder().then((order) => order && obey(order))
  void look()

  return {
    reason: dying.reason,
    sweep: () => dying.sweep(spec.graceMs, look),
    close: () => {
      closed = true
      clearTimeout(timer)
      process.off('SIGTERM', onSignal)
    },
  }
}

function atTimeLimit({ timeoutSeconds, graceMs }: RunSpec, now: number): Ending {
  const sentence = `The run was ended at its time limit of ${timeoutSeconds} s.`
  return { outcome: 'TIMED_OUT', sentence, killAt: now + graceMs }
}

function byOrder({ why, graceMs }: Order): Ending {
  const outcome = why === 'cancel' ? 'CANCELLED' : 'RELEASED'
  return { outcome, sentence: SENTENCES[why], killAt: uptimeMs() + graceMs }
}

/** A deadline that cannot be read is one that was not renewed. */
export async function renewedDeadline(path: string, known: Deadline): Promise<Deadline> {
  const renewed = await readJson<Deadline>(path).catch(() => undefined)
  return renewed ?? known
}

/** From the first reason to end, through SIGTERM and SIGKILL, until nothing lives. Further reasons can only hurry it. */
function createDying(execution: Execution, say: (sentence: string) => void) {
  let first: Ending | undefined
  let killAt = Infinity
  let killing: Promise<void> | undefined
  return {
    reason: () => first,
    killAt: () => killAt,
    begin(ending: Ending): void {
      killAt = Math.min(killAt, ending.killAt)
      if (first) return
      first = ending
      say(ending.sentence)
      if (ending.killAt > uptimeMs()) execution.terminate()
    },
    killIfDue(now: number): void {
      if (now < killAt) return
      killing ??= execution.kill().finally(() => {
        killing = undefined
      })
    },
    async sweep(graceMs: number, look: () => Promise<void>): Promise<void> {
      if (execution.living() === 0) return
      if (!first) execution.terminate()
      killAt = Math.min(killAt, uptimeMs() + graceMs)
      while (execution.living() > 0) {
        await look()
        await (killing ?? delay(SWEEP_MS))
      }
    },
  }
}
