// A run on its way from the first reason to end, through SIGTERM and SIGKILL, until nothing of it lives.
import { setTimeout as delay } from 'node:timers/promises'
import { uptimeMs } from '../clock.ts'
import type { Execution } from '../executors/execution.ts'
import type { RunExit } from './files.ts'

/** Why a run has to end, and when: both are instants of `uptimeMs`. */
export interface Ending {
  outcome: RunExit['outcome']
  /** For the run's reason and its log. */
  sentence: string
  /** When it gets SIGTERM, unless it is killed at once. */
  termAt: number
  /** By when it must be dead. */
  killAt: number
}

export interface Dying {
  /** The reason for which the run has to end, if there is one. */
  reason(): Pick<Ending, 'outcome' | 'sentence'> | undefined
  /** Further reasons can only hurry it; false where it was ending already, for a reason that stays. */
  begin(ending: Ending): boolean
  /** Does what is due by now. */
  proceed(now: number): void
  /** The instants at which something will be due. */
  instants(): number[]
  /** Ends what the command left behind. Returns when nothing of it lives; `look` is called meanwhile. */
  sweep(graceMs: number, look: () => Promise<void>): Promise<void>
}

/** How often the end of a dying tree is looked for. */
const SWEEP_MS = 20

export function createDying(execution: Execution): Dying {
  let reason: Ending | undefined
  let termAt = Infinity
  let killAt = Infinity
  let asked = false
  let killing: Promise<void> | undefined

  const proceed = (now: number) => {
    if (now >= termAt && !asked) {
      asked = true
      if (now < killAt) execution.terminate(killAt - now)
    }
    if (now < killAt) return
    killing ??= execution.kill().finally(() => {
      killing = undefined
    })
  }

  return {
    reason: () => reason,
    proceed,
    instants: () => [asked ? Infinity : termAt, killAt],
    begin(ending) {
      termAt = Math.min(termAt, ending.termAt)
      killAt = Math.min(killAt, ending.killAt)
      // Whoever cancels a run that makes room does not want it to begin again; and that a GPU failed is worth knowing.
      const outweighs = ending.outcome === 'CANCELLED' || ending.outcome === 'GPU_FAILED'
      const stays = reason && !(reason.outcome === 'PREEMPTED' && outweighs)
      if (!stays) reason = ending
      return !stays
    },
    async sweep(graceMs, look) {
      if (execution.living() === 0) return
      const now = uptimeMs()
      termAt = now
      killAt = Math.min(killAt, now + graceMs)
      while (execution.living() > 0) {
        await look()
        await (killing ?? delay(SWEEP_MS))
      }
    },
  }
}
