// What a run may use: told to the kernel before the command starts.
import { type Cgroup, limitCpus, limitMemory } from '../executors/cgroup.ts'
import { CannotStart } from '../executors/execution.ts'
import type { RunSpec } from './files.ts'

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
    ...(memoryMb === null || limitMemory(cgroups, memoryMb) ? [] : [`memory of ${memoryMb} MiB`]),
    ...(cpus === null || limitCpus(cgroups, cpus) ? [] : [`${cpus} processors`]),
  ]
  if (missed.length === 0) return []
  const what = `limit of ${missed.join(' and of ')}`
  if (requireLimits) throw new CannotStart(`The ${what} cannot be enforced on this worker.`)
  return [`The ${what} is not enforced on this worker.`]
}
