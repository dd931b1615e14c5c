// From the events of jobs to what each webhook is to be sent. The events are those that everybody hears, so that a
// change of a job costs nothing more where there are webhooks, and none is missed while this was away.

import { type JobEvent, jobEvent } from '@constellation/platform/events/job-event.ts'
import { STREAMS, SUBJECTS } from '@constellation/platform/events/subjects.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { readable, startConsumer } from '@constellation/platform/nats/consume.ts'
import type { NatsLink } from '@constellation/platform/nats/nats.ts'
import type { Pool } from 'pg'
import { storeDeliveries } from '../sql/webhook-deliveries.ts'
import { webhookEvent } from './message.ts'

interface Options {
  pool: Pool
  nats: NatsLink
  log: Logger
  /** There is something to send. */
  onStored(): void
}

/** Notes events until stopped. Of several processes each takes some of them. */
export function startNoting({ pool, nats, log, onStored }: Options): { stop(): Promise<void> } {
  return startConsumer({
    nats,
    log,
    stream: STREAMS.EVENTS.name,
    durable: 'jobs-webhooks',
    subject: SUBJECTS.allJobEvents,
    handle: async (messages) => {
      if ((await noteEvents(pool, readable(messages, jobEvent, log))) > 0) onStored()
    },
  })
}

/** Stores what webhooks are to be sent of these events; those that come again change nothing. Returns how much is new. */
export function noteEvents(pool: Pool, events: readonly JobEvent[]): Promise<number> {
  const hooked = events.map((event) => ({
    id: event.id,
    type: event.type,
    ts: event.ts,
    account: event.job.account,
    submittedBy: event.job.submittedBy,
    payload: JSON.stringify(webhookEvent(event)),
  }))
  return storeDeliveries(pool, hooked)
}
