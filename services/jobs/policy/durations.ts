// How long runs take, as far as time limits and the recent past of others tell. Pure.

/** How long runs took that have ended of late, in milliseconds. */
export interface Durations {
  ofLane: ReadonlyMap<number, readonly number[]>
  /** Of all that the account ran of this kind: with GPUs, or without. */
  ofAccount: ReadonlyMap<string, readonly number[]>
}

export interface Running {
  laneId: number
  account: string
  /** How long it has run already, in milliseconds. */
  elapsedMs: number
  /** Its time limit from its beginning; infinite where it has none. */
  limitMs: number
}

/**
 * In how many milliseconds the run is expected to end: the mean of those of its lane that took longer than it has so
 * far, or else of its account, and never beyond its time limit. Infinite where nothing tells.
 */
export function expectedRest(run: Running, durations: Durations): number {
  const ofLane = meanAbove(durations.ofLane.get(run.laneId), run.elapsedMs)
  const mean = ofLane ?? meanAbove(durations.ofAccount.get(run.account), run.elapsedMs) ?? Infinity
  // What is past its limit, or about to be, has not ended yet.
  return Math.max(1, Math.min(mean, run.limitMs) - run.elapsedMs)
}

function meanAbove(sample: readonly number[] | undefined, least: number): number | undefined {
  const longer = sample?.filter((each) => each > least) ?? []
  return longer.length > 0 ? longer.reduce((sum, each) => sum + each, 0) / longer.length : undefined
}
