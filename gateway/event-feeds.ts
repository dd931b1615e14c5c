// What NATS says, as the graph has it: one feed for each kind of message that subscriptions watch.
import {
  gpuEvent,
  jobEvent,
  logRecord,
  queueMoved,
  SUBJECTS,
  telemetry,
  usageEvent,
  workerEvent,
} from '@constellation/platform/events.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { atMostEvery } from './at-most-every.ts'
import { createChangedGpus } from './changed-gpus.ts'
import { createFanOut } from './fan-out.ts'
import type { NatsLink } from './nats-link.ts'
import { createNewestSamples } from './newest-samples.ts'
import type { Surroundings } from './sources/source.ts'

export type EventFeeds = ReturnType<typeof createEventFeeds>

/** The feeds. Nothing is subscribed to before somebody listens. */
export function createEventFeeds(link: NatsLink, ask: Surroundings['ask'], log: Logger) {
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
    /** What workers measure: the newest sample of each GPU. */
    telemetry: createNewestSamples(
      createFanOut(link, log, { schema: telemetry, translate: ({ samples }) => samples }),
      SUBJECTS.allTelemetry,
    ),
    /** A GPU has changed, or its worker has. */
    gpus: createChangedGpus({
      gpus: {
        feed: createFanOut(link, log, {
          schema: gpuEvent,
          translate: ({ gpu }) => ({ id: gpu.id }),
          idOf: ({ id }) => id,
        }),
        subject: SUBJECTS.allGpuEvents,
      },
      workers: {
        feed: createFanOut(link, log, {
          schema: workerEvent,
          translate: ({ worker }) => ({ id: worker.id }),
          idOf: ({ id }) => id,
        }),
        subject: SUBJECTS.allWorkerEvents,
      },
      ask,
      log,
    }),
  }
}
