// What a run may use: told to the kernel before the command starts, and again when it has.
import { type Cgroup, limitCpus, limitMemory } from '../executors/cgroup.ts'
import { CannotStart } from '../executors/execution.ts'
import type { RunSpec } from './files.ts'

/**
 * The shim is in the groups while it starts the command. Less than this might not do for it, and it would be the one
 * whom the kernel kills. In MiB.
 */
const LEAST_TO_START_MB = 128

/**
 * Returns what is to be said of limits that nothing enforces here.
 * @throws CannotStart where the worker is set to refuse such a run
 */
export function applyLimits(
  { limits, requireLimits }: Pick<RunSpec, 'limits' | 'requireLimits'>,
  cgroups: readonly Cgroup[],
): string[] {
  const { memoryMb, cpus } = limits
  const missed = [
    ...(memoryMb === null || limitMemory(cgroups, Math.max(memoryMb, LEAST_TO_START_MB))
      ? []
      : [`memory of ${memoryMb} MiB`]),
    ...(cpus === null || limitCpus(cgroups, cpus) ? [] : [`${cpus} processors`]),
  ]
  if (missed.length === 0) return []
  const what = `limit of ${missed.join(' and of ')}`
  if (requireLimits) throw new CannotStart(`The ${what} cannot be enforced on this worker.`)
  return [`The ${what} is not enforced on this worker.`]
}

/** When the command is alone in the groups. Version 1 refuses a limit below what is in use: then the first one stays. */
export function tightenLimits({ limits: { memoryMb } }: Pick<RunSpec, 'limits'>, cgroups: readonly Cgroup[]): void {
  if (memoryMb !== null && memoryMb < LEAST_TO_START_MB) limitMemory(cgroups, memoryMb)
}
