// What the service says after a commit, to wake those who wait. PostgreSQL has decided by then: a call
// that is lost, or made while NATS is down, costs a poll's time and nothing else.
import { SUBJECTS } from '@constellation/platform/events.ts'
import type { NatsConnection } from '@nats-io/transport-node'

export interface Announce {
  /** Events were written. */
  changed(): void
  /** There is something new to claim, and events were written. */
  queueGrew(): void
  /** Something about this worker's runs has changed, and events were written. */
  lookAtRuns(workerId: string): void
}

/** `outbox` is told of new events, `nats` carries the wake-ups to workers. */
export function createAnnounce(nats: NatsConnection, outbox: { wake(): void }): Announce {
  const publish = (subject: string) => {
    if (!nats.isClosed()) nats.publish(subject)
  }
  return {
    changed: () => outbox.wake(),
    queueGrew() {
      publish(SUBJECTS.wakeQueue)
      outbox.wake()
    },
    lookAtRuns(workerId) {
      publish(SUBJECTS.wakeWorker(workerId))
      outbox.wake()
    },
  }
}
