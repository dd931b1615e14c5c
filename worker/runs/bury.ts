// What to do about a run whose shim is gone without a word.

import { stat } from 'node:fs/promises'
import { uptimeMs } from '../clock.ts'
import { killGroups, members, removeGroups } from '../executors/cgroup.ts'
import { outsideOf } from '../executors/outside.ts'
import {
  bootId,
  isAlive,
  killAll,
  processesOf,
  processesOfSession,
  processesWithEnvironment,
  strayChildren,
} from '../executors/process-tree.ts'
import { BY_ORDER } from '../shim/ending.ts'
import { type RunExit, type ShimState, writeJson } from '../shim/files.ts'
import type { Run } from '../worker.ts'
import type { Shims } from './shims.ts'

/** How long an earlier worker's shim may take to say that it is there. */
const STARTING_MS = 3_000

export async function shimLives(run: Run, state: ShimState | undefined): Promise<boolean> {
  if (run.child) return run.child.pid !== undefined && run.child.exitCode === null && run.child.signalCode === null
  if (state) return state.bootId === bootId() && isAlive(state.shim)
  return uptimeMs() < run.followedSince + STARTING_MS
}

/** Ends what is left of the run and writes the note that the shim could not. */
export async function buryShim(run: Run, state: ShimState | undefined, shims: Shims): Promise<RunExit> {
  const restarted = state !== undefined && state.bootId !== bootId()
  if (!restarted) await killRemnants(run, state, shims)
  await outsideOf(run.spec)?.clear(run.spec)
  const reason = restarted
    ? 'The machine restarted during the run.'
    : 'The process that kept the run came to an end, so the run was ended too.'
  const exit: RunExit = {
    outcome: outcomeOf(run.order),
    exitCode: null,
    signal: null,
    reason,
    endedAt: restarted ? await lastSignOfLife(run) : new Date().toISOString(),
    logChunks: null,
    lostBytes: 0,
  }
  await writeJson(run.files.exit, exit)
  return exit
}

function outcomeOf(order: Run['order']): RunExit['outcome'] {
  return order === undefined ? 'RELEASED' : BY_ORDER[order].outcome
}

/** The machine went down at some time after the last renewal of the lease, and nobody knows when. */
async function lastSignOfLife(run: Run): Promise<string> {
  return (await stat(run.files.deadline)).mtime.toISOString()
}

/**
 * Without their shim the processes are found by whatever there is: their groups or a user of their own, which
 * nothing gets away from; as children of this worker, where it started the shim; and by their session and by
 * what they were born with.
 */
async function killRemnants({ spec }: Run, state: ShimState | undefined, shims: Shims): Promise<void> {
  const groups = state?.cgroups ?? []
  await killAll(() => {
    killGroups(groups)
    return [
      ...members(groups),
      ...(spec.user?.exclusive ? processesOf(spec.user.uid) : []),
      ...strayChildren(shims.isOwn),
      ...(state?.child ? processesOfSession(state.child) : []),
      ...processesWithEnvironment(`CONSTELLATION_RUN_ID=${spec.runId}`),
    ]
  })
  await removeGroups(groups)
}
