// Keeps a part of the stack running: starts it again when it dies, and gives up on one that never came up.
import { setTimeout as delay } from 'node:timers/promises'
import type { Exit, Running } from './running.ts'

export interface Part {
  name: string
  /** Starts a process; the supervisor calls it again after each death. */
  start(): Promise<Running>
}

/** What happens to a part. `ended` is followed by `restarted`, or by another `ended` when that fails. */
export type PartEvent =
  | { kind: 'started'; part: string; pid: number }
  | { kind: 'ended'; part: string; why: Exit | Error; restartInMs: number }
  | { kind: 'restarted'; part: string; pid: number }
  | { kind: 'gave-up'; part: string; why: Exit | Error; lastLines: string[] }

export interface Supervised {
  readonly name: string
  /** The present process; undefined between a death and the next start. */
  readonly pid: number | undefined
  /** From now on the part is never given up. */
  markReady(): void
  /** Ends the part for good. */
  stop(): Promise<void>
  hurry(): void
}

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 10_000
/** A part that ran for this long is well: its next death counts as its first. In milliseconds. */
const WELL_AFTER_MS = 30_000
/** Deaths in a row after which a part that was never ready is given up. */
const MOST_DEATHS = 5

/**
 * What to do after the last of `deaths` quick deaths in a row: how long to wait before the next start, in
 * milliseconds, or to give up.
 */
export function afterDeath(deaths: number, everReady: boolean): { waitMs: number } | 'give-up' {
  if (!everReady && deaths >= MOST_DEATHS) return 'give-up'
  return { waitMs: Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (deaths - 1)) }
}

/**
 * Starts the part and keeps it running until `stop`.
 * @throws what its first start throws
 */
export async function supervise(part: Part, tell: (event: PartEvent) => void): Promise<Supervised> {
  const first = await part.start()
  const state: State = { running: first, everReady: false, stopping: new AbortController() }
  tell({ kind: 'started', part: part.name, pid: first.pid })
  const over = keepRunning(part, first, state, tell)
  return {
    name: part.name,
    get pid() {
      return state.running?.pid
    },
    markReady() {
      state.everReady = true
    },
    async stop() {
      state.stopping.abort()
      await state.running?.stop()
      await over
    },
    hurry: () => state.running?.hurry(),
  }
}

interface State {
  running: Running | undefined
  everReady: boolean
  stopping: AbortController
}

async function keepRunning(part: Part, first: Running, state: State, tell: (event: PartEvent) => void): Promise<void> {
  const stopping = state.stopping.signal
  let attempt: Running | Error = first
  let startedAt = performance.now()
  let deaths = 0
  for (;;) {
    const why = attempt instanceof Error ? attempt : await attempt.exited
    if (stopping.aborted) return
    state.running = undefined
    deaths = performance.now() - startedAt > WELL_AFTER_MS ? 1 : deaths + 1
    const decision = afterDeath(deaths, state.everReady)
    if (decision === 'give-up') {
      const lastLines = attempt instanceof Error ? [] : attempt.lastLines()
      return tell({ kind: 'gave-up', part: part.name, why, lastLines })
    }
    tell({ kind: 'ended', part: part.name, why, restartInMs: decision.waitMs })
    await delay(decision.waitMs, undefined, { signal: stopping }).catch(() => undefined) // A stop cuts it short.
    if (stopping.aborted) return
    startedAt = performance.now()
    attempt = await part.start().catch(asError)
    if (attempt instanceof Error) continue
    state.running = attempt
    if (stopping.aborted) return attempt.stop()
    tell({ kind: 'restarted', part: part.name, pid: attempt.pid })
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}
