// What NATS says, as the graph has it: one feed for each kind of message that subscriptions watch.
import { type BudgetEvent, budgetEvent } from '@constellation/platform/events/budgets.ts'
import { gpuEvent } from '@constellation/platform/events/gpu-event.ts'
import { type JobEvent, jobEvent } from '@constellation/platform/events/job-event.ts'
import { logRecord } from '@constellation/platform/events/log-record.ts'
import { queueMoved } from '@constellation/platform/events/notices.ts'
import { SUBJECTS } from '@constellation/platform/events/subjects.ts'
import { telemetry } from '@constellation/platform/events/telemetry.ts'
import { usageEvent } from '@constellation/platform/events/usage-event.ts'
import { workerEvent } from '@constellation/platform/events/worker-event.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { decode } from '@constellation/platform/nats/nats.ts'
import type { AskGraph } from '../ask-graph.ts'
import { atMostEvery } from './at-most-every.ts'
import { createChangedGpus } from './changed-gpus.ts'
import type { EventStream } from './event-stream.ts'
import { createFanOut, type FanOut } from './fan-out.ts'
import type { NatsLink } from './nats-link.ts'
import { createNewestSamples } from './newest-samples.ts'
import type { Place } from './place.ts'
import { createTicks } from './ticks.ts'

export type EventFeeds = ReturnType<typeof createEventFeeds>

/** A job as it was after a change, and where the event that tells so is. */
export type ChangedJob = ReturnType<typeof toJob>

function toJob({ job }: JobEvent, place?: Place) {
  return { ...job, state: job.state.toUpperCase(), place }
}

/** The same of an event that was read; undefined where it is not as it should be. */
export function readJob(data: Uint8Array, place: Place): ChangedJob | undefined {
  const decoded = decode(jobEvent, data)
  return 'fault' in decoded ? undefined : toJob(decoded.value, place)
}

/** What has happened to a budget, which is there unless it was deleted. */
export type ChangedBudget = ReturnType<typeof toBudget>

function toBudget({ type, account, threshold, budgetId }: BudgetEvent) {
  const kind = type.slice('budget.'.length).toUpperCase()
  return { kind, account, threshold: threshold ?? null, budget: kind === 'DELETED' ? null : { id: budgetId } }
}

/** The feeds. Nothing is subscribed to before somebody listens. */
export function createEventFeeds(link: NatsLink, events: EventStream, ask: AskGraph, log: Logger) {
  return {
    /** A job as it was after each change. */
    jobs: createFanOut(events, log, {
      schema: jobEvent,
      translate: toJob,
      idOf: ({ id }) => id,
      tsOf: ({ ts }) => ts,
    }),
    /** Something was entered in the ledger for a job. */
    usage: createFanOut(events, log, {
      schema: usageEvent,
      translate: (_event, place) => ({ place }),
      idOf: ({ id }) => id,
    }),
    budgets: onSubject(
      SUBJECTS.allBudgetEvents,
      createFanOut(link, log, { schema: budgetEvent, translate: toBudget, idOf: ({ id }) => id }),
    ),
    /** Time, for what changes by itself. */
    ticks: createTicks(),
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

function onSubject<Event>(subject: string, feed: FanOut<Event>) {
  return { listen: (listener: (event: Event) => void) => feed.listen(subject, listener) }
}
