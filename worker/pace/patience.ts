// How long a worker waits before it claims again, where what it claims comes to nothing: with a full disk, say, or
// without Docker, it would take and give back the same jobs without end.
import { uptimeMs } from '../clock.ts'

const FIRST_MS = 500
const LONGEST_MS = 30_000

export interface Patience {
  /** A run came to nothing here, for no fault of its own. Returns the pause in milliseconds. */
  failed(): number
  /** A command has started. */
  worked(): void
  /** For how many more milliseconds nothing is to be claimed. */
  waitMs(): number
}

/** Each failure doubles the pause, until something works. `clock` is in milliseconds. */
export function createPatience(clock: () => number = uptimeMs): Patience {
  let failures = 0
  let until = 0
  return {
    failed: () => {
      // Runs that were claimed together fail together: that is one failure.
      if (clock() >= until) until = clock() + Math.min(FIRST_MS * 2 ** failures++, LONGEST_MS)
      return until - clock()
    },
    worked: () => {
      failures = 0
      until = 0
    },
    waitMs: () => Math.max(0, until - clock()),
  }
}
