// What uses the GPUs of a worker: not every one of its messages tells that, so what it told last is kept for a while.
import type { GpuProcess, Telemetry } from '@constellation/platform/events/telemetry.ts'

/** What was told of processes is out of date after this, in milliseconds. */
const FRESH_MS = 30_000

/** What a worker told of all its GPUs, and when that came, in milliseconds since 1970. */
export interface Users {
  at: number
  processes: readonly GpuProcess[]
}

/** As of a message that came at `at`; null where the worker has told nothing. */
export function usersOf({ processes }: Telemetry, at: number, before: Users | null | undefined): Users | null {
  return processes ? { at, processes } : (before ?? null)
}

/** Those of one GPU; null where they are not known any more. */
export function processesOn(users: Users | null, gpuId: string): GpuProcess[] | null {
  if (!users || users.at < Date.now() - FRESH_MS) return null
  return users.processes.filter((process) => process.gpuId === gpuId)
}
