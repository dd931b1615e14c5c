// What NATS says, as the graph has it: one feed for each kind of message that subscriptions watch.
import { jobEvent, logRecord, queueMoved, SUBJECTS, telemetry, usageEvent } from '@constellation/platform/events.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { atMostEvery } from './at-most-every.ts'
import { createFanOut } from './fan-out.ts'
import type { NatsLink } from './nats-link.ts'

export type EventFeeds = ReturnType<typeof createEventFeeds>

/** The feeds. Nothing is subscribed to before somebody listens. */
export function createEventFeeds(link: NatsLink, log: Logger) {
  return {
    /** A job as it was after each change. */
    jobs: createFanOut(link, log, {
      schema: jobEvent,
      translate: ({ job }) => ({ ...job, state: job.state.toUpperCase() }),
      idOf: ({ id }) => id,
    }),
    /** Something was entered in the ledger for a job. */
    usage: createFanOut(link, log, { schema: usageEvent, translate: (event) => event, idOf: ({ id }) => id }),
    /** Where jobs stand in the queue may have changed. Of several in a second the first and the last are passed on. */
    queue: atMostEvery(
      1_000,
      createFanOut(link, log, { schema: queueMoved, translate: (moved) => moved }),
      SUBJECTS.queueMoved,
    ),
    /** A piece of a run's output that is now stored. */
    logs: createFanOut(link, log, {
      schema: logRecord,
      translate: ({ runId, seq, at, stream, text, firstLine, end }) => {
        return { runId, seq, at, stream: stream.toUpperCase(), text, firstLine, end }
      },
    }),
    /** What a worker has just measured, one sample for each of its GPUs. */
    telemetry: createFanOut(link, log, { schema: telemetry, translate: ({ samples }) => samples }),
  }
}
