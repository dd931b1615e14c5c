// What is to be said of what was found.
import { type Dependency, LEAST_VERSIONS, versionFault } from '@constellation/platform/least-versions.ts'

export interface Finding {
  what: Dependency
  /** Its version; undefined where there is none, or none that answers. */
  found: string | undefined
  where: string
  /** What to do where it is missing or too old. */
  advice: string
  /** Where it may be missing: what comes of that. */
  optional?: string
}

/** A line for people, and whether all is well. */
export function judge({ what, found, where, advice, optional }: Finding): { fine: boolean; line: string } {
  const wanted = `${LEAST_VERSIONS[what]} or later`
  if (found === undefined && optional !== undefined)
    return { fine: true, line: `– ${what}: none; ${optional} (${wanted})` }
  if (found === undefined)
    return { fine: false, line: `✗ ${what} ${where}: none that answers; ${wanted} is needed. ${advice}` }
  if (versionFault(what, found) !== undefined) {
    return { fine: false, line: `✗ ${what} ${found} ${where}: ${wanted} is needed. ${advice}` }
  }
  return { fine: true, line: `✓ ${what} ${found} ${where} (${wanted})` }
}
