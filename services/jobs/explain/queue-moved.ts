// Tells whoever watches a waiting job that the queue has moved, although the job itself has not changed.
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { NatsLink } from '@constellation/platform/nats/nats.ts'
import { SHOWN_AT_MOST_MS } from './queue-views.ts'

/** It is said no more often than this, in milliseconds. */
const AT_MOST_EVERY_MS = 1_000
/** It is said once more this long after the queue has moved, in milliseconds: by then no view is shown that is older. */
const ONCE_MORE_MS = SHOWN_AT_MOST_MS + 500
/** And after this long in any case: time itself changes what is known, as of workers that are not heard of. */
const AT_LEAST_EVERY_MS = 10_000

interface QueueTeller {
  /** To be called after a commit that changed what waits, runs or is kept. */
  moved(): void
  stop(): void
}

/** Says so on core NATS until stopped. */
export function startQueueTeller(nats: Pick<NatsLink, 'publish'>): QueueTeller {
  let earliest = 0
  let hasMoved = false
  let next: { at: number; timer: NodeJS.Timeout } | undefined
  const say = () => {
    const now = performance.now()
    earliest = now + AT_MOST_EVERY_MS
    nats.publish(SUBJECTS.queueMoved, JSON.stringify({ at: new Date().toISOString() }))
    sayAt(now + (hasMoved ? ONCE_MORE_MS : AT_LEAST_EVERY_MS))
    hasMoved = false
  }
  const sayAt = (at: number) => {
    clearTimeout(next?.timer)
    next = { at, timer: setTimeout(say, Math.max(0, at - performance.now())) }
  }
  sayAt(performance.now() + AT_LEAST_EVERY_MS)
  return {
    moved() {
      hasMoved = true
      // Said after the first change at once, and for those that follow when its time has come.
      const at = Math.max(earliest, performance.now())
      if (next && next.at > at) sayAt(at)
    },
    stop() {
      clearTimeout(next?.timer)
      next = undefined
    },
  }
}
