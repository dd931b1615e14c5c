// The clock that leases are measured with.
import { uptime } from 'node:os'

/**
 * Milliseconds since the machine started, to the hundredth of a second. Every process of one machine
 * reads the same clock and nobody can set it. On Linux it goes on while the machine sleeps, so that a
 * laptop that wakes up knows that its leases are over.
 */
export function uptimeMs(): number {
  return process.platform === 'linux' ? Math.round(uptime() * 1000) : Number(process.hrtime.bigint() / 1_000_000n)
}
