// Many results in a short time, handed on as few: each one that the cache gets has it read the open lists again.

/** After results the next ones wait for a frame at least, and no longer than is seen, in milliseconds. */
const LEAST_WAIT_MS = 16
const LONGEST_WAIT_MS = 200
/** They wait for so many times as long as it took to hand the last ones on: the page stays free for its reader. */
const WAIT_SHARE = 4

export interface Coalesced<Result> {
  /** A result that is in no hurry may wait so many milliseconds for others, or until one comes that is. */
  next: (result: Result, patienceMs?: number) => void
  /** Forgets what waits. */
  stop: () => void
}

/** Hands on the first result at once, and those that follow within a moment together. What comes alone never waits. */
export function coalesce<Result>(handOn: (results: readonly Result[]) => void): Coalesced<Result> {
  let waiting: Result[] = []
  let restsUntil = 0
  let due = Number.POSITIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined

  const handOnAndRest = () => {
    forget()
    const results = waiting
    waiting = []
    const began = performance.now()
    handOn(results)
    const ended = performance.now()
    restsUntil = ended + Math.min(LONGEST_WAIT_MS, Math.max(LEAST_WAIT_MS, WAIT_SHARE * (ended - began)))
  }
  const forget = () => {
    clearTimeout(timer)
    due = Number.POSITIVE_INFINITY
  }
  return {
    next(result, patienceMs = 0) {
      waiting.push(result)
      const now = performance.now()
      const at = Math.max(now + patienceMs, restsUntil)
      if (at <= now) return handOnAndRest()
      if (at >= due) return
      forget()
      due = at
      timer = setTimeout(handOnAndRest, at - now)
    },
    stop() {
      forget()
      waiting = []
    },
  }
}
