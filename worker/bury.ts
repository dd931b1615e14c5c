// What to do about a run whose shim is gone without a word.

import { stat } from 'node:fs/promises'
import { uptimeMs } from './clock.ts'
import { removeContainersOf } from './executors/docker/remove.ts'
import { bootId, isAlive, killAll, processesWithEnvironment, sendSignal } from './executors/process-tree.ts'
import { type RunExit, type ShimState, writeJson } from './shim/files.ts'
import type { Run } from './worker.ts'

/** How long an earlier worker's shim may take to say that it is there. */
const STARTING_MS = 3_000

export async function shimLives(run: Run, state: ShimState | undefined): Promise<boolean> {
  if (run.child) return run.child.pid !== undefined && run.child.exitCode === null && run.child.signalCode === null
  if (state) return state.bootId === bootId() && isAlive(state.shim)
  return uptimeMs() < run.followedSince + STARTING_MS
}

/** Ends what is left of the run and writes the note that the shim could not. */
export async function buryShim(run: Run, state: ShimState | undefined): Promise<RunExit> {
  const restarted = state !== undefined && state.bootId !== bootId()
  if (!restarted) await killRemnants(run, state)
  if (run.spec.docker) await removeContainersOf(run.spec.runId, run.spec.docker.socket)
  const reason = restarted
    ? 'The machine restarted during the run.'
    : 'The process that kept the run came to an end, so the run was ended too.'
  const exit: RunExit = {
    outcome: run.order === 'cancel' ? 'CANCELLED' : 'RELEASED',
    exitCode: null,
    signal: null,
    reason,
    endedAt: restarted ? await lastSignOfLife(run) : new Date().toISOString(),
    logChunks: null,
  }
  await writeJson(run.files.exit, exit)
  return exit
}

/** The machine went down at some time after the last renewal of the lease, and nobody knows when. */
async function lastSignOfLife(run: Run): Promise<string> {
  return (await stat(run.files.deadline)).mtime.toISOString()
}

/** Without their shim the processes are found by what they were born with, or by their group. */
async function killRemnants(run: Run, state: ShimState | undefined): Promise<void> {
  const child = state?.child
  if (child && isAlive(child)) sendSignal(-child.pid, 'SIGKILL')
  await killAll(() => processesWithEnvironment(`CONSTELLATION_RUN_ID=${run.spec.runId}`))
}
