// What spending means for a budget. Pure.

const HOUR_MS = 3_600_000
/** Of less than a day nobody can tell a pace. */
const LEAST_HOURS = 24
/** That of what `budgetsNow` reads. */
export const PACE_DAYS = 7

/** The thresholds, in percent of the amount, that were reached by what is spent: exactly, as both are decimals. */
export function reached(spent: string, amount: string, thresholds: readonly number[]): number[] {
  const [part, whole] = [toUnits(spent), toUnits(amount)]
  return thresholds.filter((threshold) => part * 100n >= whole * BigInt(threshold))
}

/** In parts of ten thousand millions, which is as fine as the ledger is. */
function toUnits(decimal: string): bigint {
  const [whole = '0', part = ''] = decimal.split('.')
  return BigInt(whole + part.slice(0, 10).padEnd(10, '0'))
}

export interface Pace {
  /** Of this month. */
  spent: number
  /** Of the last seven days. */
  recent: number
  /** When the first use of these began; null where there was none. */
  recentSince: Date | null
}

/** What will be spent by the end of the month if it goes on as in the last days, those before the first use left out. */
export function forecast({ spent, recent, recentSince }: Pace, now: Date, monthEndsAt: Date): number {
  if (recentSince === null) return spent
  const hours = Math.min(Math.max((now.getTime() - recentSince.getTime()) / HOUR_MS, LEAST_HOURS), PACE_DAYS * 24)
  return spent + (recent / hours) * ((monthEndsAt.getTime() - now.getTime()) / HOUR_MS)
}
