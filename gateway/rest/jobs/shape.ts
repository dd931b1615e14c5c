// From the graph's shapes to REST's: the documented names, in snake_case, with states in lower case.
import type {
  JobState,
  LogStream,
  RestJobFragment,
  RestQueueFragment,
  RestRunLogSubscription,
} from '../generated/documents.ts'
import type { Shape } from '../operations.ts'
import { toQueuePlace } from './queue.ts'
import { toRun } from './run-shape.ts'
import { toSpecification } from './specification.ts'

export const JOB_STATES: Readonly<Record<JobState, Shape['JobState']>> = {
  QUEUED: 'queued',
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
}

export const GRAPH_JOB_STATES: Readonly<Record<Shape['JobState'], JobState>> = {
  queued: 'QUEUED',
  running: 'RUNNING',
  completed: 'COMPLETED',
  failed: 'FAILED',
  cancelled: 'CANCELLED',
}

const LOG_STREAMS: Readonly<Record<LogStream, Shape['LogEvent']['stream']>> = {
  STDOUT: 'stdout',
  STDERR: 'stderr',
  SYSTEM: 'system',
}

/** What a job has cost, where the ledger answers. */
export type Cost = { gpuSeconds: number } | null

/** A job with its attempts; with what it has cost and why it waits where that was asked for. */
export function toJob(job: RestJobFragment & Partial<RestQueueFragment> & { usage?: Cost }): Shape['Job'] {
  return {
    id: job.id,
    name: job.name,
    params: toSpecification(job),
    template: job.template,
    priority: job.priority,
    state: JOB_STATES[job.state],
    created_at: job.createdAt,
    submitted_by: job.submittedBy,
    account: job.account,
    started_at: job.startedAt,
    finished_at: job.finishedAt,
    reason: job.reason,
    cancel_requested: job.cancelRequested,
    ...(job.array && { array: job.array }),
    ...(job.dependsOn.length > 0 && { depends_on: job.dependsOn.map(({ id }) => id) }),
    ...(job.after.length > 0 && { after: job.after.map(({ id }) => id) }),
    ...(job.startAt !== null && { start_at: job.startAt }),
    ...(job.schedule !== null && { schedule: job.schedule }),
    ...(job.queue && { queue: toQueuePlace(job.queue) }),
    ...(job.usage && { gpu_seconds: job.usage.gpuSeconds }),
    runs: job.runs.map((run) => toRun(run, job.id)),
  }
}

/** A piece of the output of a job's attempt. */
export function toLogEvent(
  run: { id: string; attempt: number },
  chunk: RestRunLogSubscription['runLog'],
): Shape['LogEvent'] {
  return {
    attempt: run.attempt,
    run_id: run.id,
    seq: chunk.seq,
    at: chunk.at,
    stream: LOG_STREAMS[chunk.stream],
    text: chunk.text,
    first_line: chunk.firstLine,
  }
}
