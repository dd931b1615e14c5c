// What the GPUs of each worker do now and next: which runs hold them and until when, and what is kept for whom.
import type { HeldGpuFragment, QueuedJobFragment } from '../generated/documents.ts'

export interface Holding {
  /** The run's id, or null where it is somebody else's. */
  run: HeldGpuFragment['currentRun']
  gpus: readonly HeldGpuFragment[]
  /** In milliseconds since 1970; null where nobody can tell. */
  freeAt: number | null
}

export interface MachineNow {
  worker: HeldGpuFragment['worker']
  gpus: readonly HeldGpuFragment[]
  free: number
  outOfService: number
  /** What ends first, first. */
  holdings: readonly Holding[]
  /** The jobs for which GPUs of it are kept. */
  keptFor: readonly QueuedJobFragment[]
}

/** By worker; those on which something is kept come first, then those on which a run ends the soonest. */
export function machinesNow(gpus: readonly HeldGpuFragment[], jobs: readonly QueuedJobFragment[]): MachineNow[] {
  const ids = [...new Set(gpus.map(({ worker }) => worker.id))]
  return ids
    .flatMap((id) => {
      const own = gpus.filter(({ worker }) => worker.id === id)
      const [first] = own
      return first ? [machineOf(first.worker, own, jobs)] : []
    })
    .toSorted((a, b) => b.keptFor.length - a.keptFor.length || nextFree(a) - nextFree(b))
}

function machineOf(
  worker: HeldGpuFragment['worker'],
  gpus: readonly HeldGpuFragment[],
  jobs: readonly QueuedJobFragment[],
): MachineNow {
  const held = gpus.filter(({ inUse }) => inUse)
  const keys = [...new Set(held.map(holderOf))]
  const holdings = keys.map((key) => holdingOf(held.filter((gpu) => holderOf(gpu) === key)))
  return {
    worker,
    gpus,
    free: gpus.filter(({ inUse, state }) => !inUse && state === 'AVAILABLE').length,
    outOfService: gpus.filter(({ inUse, state }) => !inUse && state !== 'AVAILABLE').length,
    holdings: holdings.toSorted((a, b) => (a.freeAt ?? Infinity) - (b.freeAt ?? Infinity) || 0),
    keptFor: jobs.filter(({ queue }) => queue?.keptOn?.id === worker.id),
  }
}

/** Runs of others cannot be told apart but by when they end. */
function holderOf({ currentRun, freeAt }: HeldGpuFragment): string {
  return currentRun?.id ?? `other ${freeAt}`
}

function holdingOf(gpus: readonly HeldGpuFragment[]): Holding {
  const ends = gpus.map(({ freeAt }) => (freeAt === null ? null : Date.parse(freeAt)))
  const known = ends.filter((end) => end !== null)
  return {
    run: gpus[0]?.currentRun ?? null,
    gpus,
    freeAt: known.length > 0 && known.length === ends.length ? Math.max(...known) : null,
  }
}

function nextFree({ holdings }: MachineNow): number {
  return holdings[0]?.freeAt ?? Number.MAX_SAFE_INTEGER
}

/** Whether nothing is to be told of it but what is free. */
export function isQuiet({ holdings, keptFor }: MachineNow): boolean {
  return holdings.length === 0 && keptFor.length === 0
}

/** How much of its expected time a run has had, from 0 to 1; undefined where nobody can tell. */
export function shareDone({ run, freeAt }: Holding, now: number): number | undefined {
  if (!run || freeAt === null) return undefined
  const start = Date.parse(run.startedAt ?? run.claimedAt)
  return Math.min(1, Math.max(0, (now - start) / Math.max(1, freeAt - start)))
}

/** `0, 1, 7 × 2`: slices of one GPU have its index in common. */
export function sayIndices(indices: readonly number[]): string {
  return [...new Set(indices)]
    .map((index) => {
      const count = indices.filter((each) => each === index).length
      return count > 1 ? `${index} × ${count}` : index
    })
    .join(', ')
}
