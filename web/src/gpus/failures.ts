// Which GPUs end runs that are not to blame.
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
