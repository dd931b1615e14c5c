// How accounts share the machines. Everything counts in time waited: a job is served as if it had come later, by as
// much as its account has had more than others. So an account that waits catches up, and no job waits for ever.

const DAY_MS = 86_400_000
/** A GPU, or a slot, that is held counts as if it had been used for this long already, in seconds. */
const HELD_SECONDS = 600

/** What an account is entitled to, and what it has. */
export interface Share {
  weight: number
  /** What it had of late: GPU-seconds, or seconds of runs without a GPU. */
  usedSeconds: number
  /** How many GPUs, or runs without a GPU, it holds. */
  held: number
  /** The most GPUs that it may hold; infinite without a limit. */
  maxGpus: number
  /** How many runs it has, of any kind. */
  runs: number
  maxRuns: number
  /** A budget that is used up: no further run is started until then. */
  usedUp?: UsedUp | undefined
}

/** A budget of the account, of which nothing is left. Amounts are decimals. */
export interface UsedUp {
  /** A currency, or `GPU_HOURS`. */
  unit: string
  amount: string
  spent: string
  /** The end of its month. */
  until: Date
}

/** An account of which nothing is known but that it is there. */
export const NO_USE: Share = { weight: 1, usedSeconds: 0, held: 0, maxGpus: Infinity, runs: 0, maxRuns: Infinity }

/** What the accounts that compete had in all, and what they are entitled to. */
export interface Balance {
  use: number
  weight: number
}

export function balanceOf(shares: Iterable<Share>): Balance {
  const balance = { use: 0, weight: 0 }
  for (const share of shares) {
    balance.use += useOf(share)
    balance.weight += share.weight
  }
  return balance
}

/**
 * By how much an account's jobs go later, in milliseconds: nothing for one that has had nothing, a day for one that
 * has had just its due, and a day more each time that doubles, roughly.
 */
export function lagOf(share: Share, { use, weight }: Balance): number {
  if (use === 0) return 0
  return DAY_MS * Math.log2(1 + useOf(share) / share.weight / (use / weight))
}

export function useOf({ usedSeconds, held }: Share): number {
  return usedSeconds + held * HELD_SECONDS
}
