// The groups of processes of the one run that this shim is for.
import { type Cgroup, enterGroups, leaveGroups, removeGroups } from '../executors/cgroup.ts'

/**
 * Enters the groups that the worker has made, as JSON. A shim does so before it has a run: entering can take longer
 * than starting the command.
 */
export function enterOwnGroups(given: string | undefined): Cgroup[] {
  const groups: Cgroup[] = given === undefined ? [] : JSON.parse(given)
  try {
    enterGroups(groups)
    return groups
  } catch {
    // It may not: then it does without.
    return []
  }
}

/** When nothing lives in them any more but this process. */
export async function dissolveGroups(groups: readonly Cgroup[]): Promise<void> {
  leaveGroups(groups)
  await removeGroups(groups)
}
