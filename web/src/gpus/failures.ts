// Which GPUs end runs that are not to blame, and what went wrong with any of them.
import type { GpuFailuresQuery } from '../generated/documents.ts'

/** How far back the failures are counted, in days. */
export const FAILURE_DAYS = 30

type CountedGpu = NonNullable<GpuFailuresQuery['gpus']>['nodes'][number]

export interface FailureRow {
  gpu: CountedGpu
  gpuFailed: number
  lost: number
  /** Runs that ended in any way. */
  runs: number
  faults: number
}

export interface FaultRow {
  gpu: CountedGpu
  fault: CountedGpu['recentFaults'][number]
}

/** More of them say nothing more. */
export const MOST_FAULTS = 20

/** The faults of all GPUs that stand, or were seen in that time: the newest first. */
export function faultRows(gpus: readonly CountedGpu[], now: number): FaultRow[] {
  const since = now - FAILURE_DAYS * 86_400_000
  return gpus
    .flatMap((gpu) => gpu.recentFaults.map((fault) => ({ gpu, fault })))
    .filter(({ fault }) => fault.clearedAt === null || Date.parse(fault.lastAt) >= since)
    .sort((a, b) => Date.parse(b.fault.lastAt) - Date.parse(a.fault.lastAt))
}

/** Those on which a run was lost, or that failed under one; those that failed most first. */
export function failureRows(gpus: readonly CountedGpu[], now: number): FailureRow[] {
  const since = now - FAILURE_DAYS * 86_400_000
  return gpus
    .map((gpu) => ({
      gpu,
      gpuFailed: gpu.runCounts.gpuFailed,
      lost: gpu.runCounts.lost,
      runs: totalRuns(gpu.runCounts),
      faults: gpu.recentFaults.filter((fault) => Date.parse(fault.firstAt) >= since).length,
    }))
    .filter((row) => row.gpuFailed + row.lost > 0)
    .sort((a, b) => b.gpuFailed - a.gpuFailed || b.lost - a.lost || b.faults - a.faults)
}

/** How many runs ended, in whatever way. */
function totalRuns(counts: CountedGpu['runCounts']): number {
  return counts.completed + counts.failed + counts.cancelled + counts.preempted + counts.lost + counts.gpuFailed
}
