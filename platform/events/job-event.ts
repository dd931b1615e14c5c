// What happens to a job, as the jobs service tells it.
import * as v from 'valibot'
import { common } from './event.ts'

const jobState = v.picklist(['queued', 'running', 'completed', 'failed', 'cancelled'])
const runState = v.picklist(['claimed', 'running', 'completed', 'failed', 'cancelled', 'lost', 'preempted'])

/** A job as it was when the event happened: what a list shows, without a question to the service. */
const job = v.object({
  id: v.string(),
  name: v.string(),
  state: jobState,
  version: v.number(),
  priority: v.number(),
  account: v.string(),
  submittedBy: v.string(),
  createdAt: v.string(),
  startedAt: v.nullable(v.string()),
  finishedAt: v.nullable(v.string()),
  reason: v.nullable(v.string()),
  cancelRequested: v.boolean(),
  /** The array that it is part of. Absent where an earlier release has sent it. */
  arrayId: v.nullish(v.string()),
})

/** The attempt that the event is about, with all that the ledger needs. */
const run = v.object({
  id: v.string(),
  attempt: v.number(),
  state: runState,
  epoch: v.number(),
  workerId: v.string(),
  /** When the attempt began to wait. Absent, as what follows, where an earlier release has sent it. */
  queuedAt: v.nullish(v.string()),
  startedAt: v.nullable(v.string()),
  finishedAt: v.nullable(v.string()),
  /** Of its GPUs over its life: told at its end, where they were measured. */
  meanUtilisationPercent: v.nullish(v.pipe(v.number(), v.finite())),
  energyJoules: v.nullish(v.pipe(v.number(), v.finite(), v.minValue(0))),
  gpus: v.array(v.object({ id: v.string(), uuid: v.string(), model: v.string(), simulated: v.boolean() })),
})

export const JOB_EVENT_TYPES = [
  'job.queued',
  'job.changed',
  'job.claimed',
  'job.running',
  'job.requeued',
  'job.cancelling',
  'job.preempting',
  'job.completed',
  'job.failed',
  'job.cancelled',
] as const

/** What happens to a job. `run` is there where an attempt is concerned. */
export const jobEvent = v.object({
  ...common,
  type: v.picklist(JOB_EVENT_TYPES),
  job,
  run: v.nullable(run),
})
export type JobEvent = v.InferOutput<typeof jobEvent>
export type JobEventType = JobEvent['type']
