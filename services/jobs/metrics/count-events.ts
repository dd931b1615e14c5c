// The lives of jobs, counted by the events that tell of them: each is published once by one process, whoever made it.
import { JOB_EVENT_TYPES, jobEvent } from '@constellation/platform/events/job-event.ts'
import type { PublishedEvent } from '@constellation/platform/nats/outbox.ts'
import * as v from 'valibot'
import { jobsEnded, jobsSubmitted, runSeconds, runsEnded, waitSeconds } from './metrics.ts'

const { job, run } = jobEvent.entries
const told = v.object({ type: v.picklist(JOB_EVENT_TYPES), ts: v.date(), payload: v.object({ job, run }) })

/** Counts an event. What is none is left to those who read it. */
export function countEvent(event: PublishedEvent): void {
  const result = v.safeParse(told, event)
  if (!result.success) return
  const { type, ts, payload } = result.output
  if (type === 'job.queued') jobsSubmitted.inc()
  if (type === 'job.completed' || type === 'job.failed' || type === 'job.cancelled') {
    jobsEnded.inc({ state: payload.job.state })
  }
  if (payload.run) countRun(payload.run, type === 'job.claimed' ? ts : null)
}

/** `claimedAt` is null where the event is another one than the claim. */
function countRun(
  { state, queuedAt, startedAt, finishedAt }: NonNullable<v.InferOutput<typeof run>>,
  claimedAt: Date | null,
) {
  if (claimedAt && queuedAt) waitSeconds.observe(secondsBetween(Date.parse(queuedAt), claimedAt.getTime()))
  if (!finishedAt) return
  runsEnded.inc({ outcome: state })
  if (startedAt) runSeconds.observe({ outcome: state }, secondsBetween(Date.parse(startedAt), Date.parse(finishedAt)))
}

/** Clocks that differ must not make it negative. */
function secondsBetween(from: number, to: number): number {
  return Math.max(0, to - from) / 1_000
}
