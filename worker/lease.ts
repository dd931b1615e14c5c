// When a run must end unless its lease is renewed.
import type { Deadline } from './shim/files.ts'

/** The most that is left, before the server's lease ends, for a run to end by itself and then to be killed. */
const MARGIN_MS = 12_000
/** The most that is left for the killing alone. */
const KILL_MARGIN_MS = 1_500
const RENEWAL_MS = 5_000

/**
 * The last instants, of `uptimeMs`, at which a copy of a run may go on. `sentAt` is when the request was
 * sent that the server answered with `leaseMs`: the server's lease began later, so ours ends earlier.
 */
export function deadlineOf(sentAt: number, leaseMs: number): Deadline {
  const end = sentAt + leaseMs
  return { warnAt: end - Math.min(MARGIN_MS, leaseMs / 3), killAt: end - Math.min(KILL_MARGIN_MS, leaseMs / 10) }
}

/** How often leases of this length are renewed, in milliseconds: six chances before the run is warned. */
export function renewalPeriod(leaseMs: number): number {
  return Math.min(RENEWAL_MS, leaseMs / 9)
}
