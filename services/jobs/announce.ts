// What the service says after a commit, to wake those who wait. PostgreSQL has decided by then: a call
// that is lost, or made while NATS is down, costs a poll's time and nothing else.
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { NatsLink } from '@constellation/platform/nats/nats.ts'

export interface Announce {
  /** Events were written. */
  changed(): void
  /** There is something new to claim, and events were written. */
  queueGrew(): void
  /** Something about this worker's runs has changed, and events were written. */
  lookAtRuns(workerId: string): void
  /** An API token was revoked. */
  tokenRevoked(id: string): void
}

/**
 * `outbox` is told of new events, `nats` carries the wake-ups to workers, `queueMoved` tells those who watch jobs wait, and
 * `wakeQueue` wakes workers that may claim: all of them, where nothing else is said.
 */
export function createAnnounce(
  nats: NatsLink,
  outbox: { wake(): void },
  queueMoved: () => void = () => {},
  wakeQueue: () => void = () => nats.publish(SUBJECTS.wakeQueue),
): Announce {
  const changed = () => {
    outbox.wake()
    queueMoved()
  }
  return {
    changed,
    queueGrew() {
      wakeQueue()
      changed()
    },
    lookAtRuns(workerId) {
      nats.publish(SUBJECTS.wakeWorker(workerId))
      changed()
    },
    tokenRevoked: (id) => nats.publish(SUBJECTS.tokenRevoked, JSON.stringify({ id })),
  }
}
