// Many results in a short time, handed on as few: each one that the cache gets has it read the open lists again.

/** After results the next ones wait for a frame at least, and no longer than is seen, in milliseconds. */
const LEAST_WAIT_MS = 16
const LONGEST_WAIT_MS = 200
/** They wait for so many times as long as it took to hand the last ones on: the page stays free for its reader. */
const WAIT_SHARE = 4

export interface Coalesced<Result> {
  next: (result: Result) => void
  /** Forgets what waits. */
  stop: () => void
}

/** Hands on the first result at once, and those that follow within a moment together. What comes alone never waits. */
export function coalesce<Result>(handOn: (results: readonly Result[]) => void): Coalesced<Result> {
  let waiting: Result[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const handOnAndRest = (results: readonly Result[]) => {
    const began = performance.now()
    handOn(results)
    const wait = WAIT_SHARE * (performance.now() - began)
    timer = setTimeout(wake, Math.min(LONGEST_WAIT_MS, Math.max(LEAST_WAIT_MS, wait)))
  }
  const wake = () => {
    timer = undefined
    const results = waiting
    waiting = []
    if (results.length > 0) handOnAndRest(results)
  }
  return {
    next(result) {
      if (timer === undefined) handOnAndRest([result])
      else waiting.push(result)
    },
    stop() {
      clearTimeout(timer)
      waiting = []
    },
  }
}
