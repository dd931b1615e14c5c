// Every message that crosses NATS: its subject, and the shape of its payload. PostgreSQL decides,
// NATS announces: whoever misses a message can ask the service that owns the data.
import * as v from 'valibot'
import { readInstant } from './instants.ts'

/** JetStream streams, made by whichever service comes first. */
export const STREAMS = {
  /** What the services' outboxes publish; an event's id is its message id. */
  EVENTS: { name: 'EVENTS', subjects: ['events.>'], maxAgeDays: 7, maxBytes: 2 ** 30 },
  /** Output of runs on its way from the workers to the jobs service. */
  LOGS: { name: 'LOGS', subjects: ['logs.>'], maxAgeDays: 2, maxBytes: 4 * 2 ** 30 },
} as const

/** Subjects. An id or a worker's name is one token of a subject, so it never holds `.`, `*`, `>` or white space. */
export const SUBJECTS = {
  jobEvents: (jobId: string) => `events.jobs.${jobId}`,
  allJobEvents: 'events.jobs.*',
  gpuEvents: (gpuId: string) => `events.gpus.${gpuId}`,
  allGpuEvents: 'events.gpus.*',
  workerEvents: (workerId: string) => `events.workers.${workerId}`,
  allWorkerEvents: 'events.workers.*',
  usageEvents: (jobId: string) => `events.usage.${jobId}`,
  allUsageEvents: 'events.usage.*',
  /** From a worker: `LogRecord`s of one run. */
  runLog: (workerId: string, runId: string) => `logs.${workerId}.${runId}`,
  /** From the jobs service: a `LogRecord` of the run that is now stored. */
  storedLog: (runId: string) => `stored-logs.${runId}`,
  /** From a worker: a `Telemetry`. */
  telemetry: (workerId: string) => `telemetry.${workerId}`,
  allTelemetry: 'telemetry.*',
  /** To workers: there may be something to claim. No payload. */
  wakeQueue: 'wake.queue',
  /** To one worker: renew now, something about its runs has changed. No payload. */
  wakeWorker: (workerId: string) => `wake.worker.${workerId}`,
  /** From the jobs service: a `QueueMoved`, at most once a second. */
  queueMoved: 'queue.moved',
  /** Inside one service: the outbox has something to publish. No payload. */
  wakeOutbox: (service: string) => `wake.outbox.${service}`,
} as const

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
  startedAt: v.nullable(v.string()),
  finishedAt: v.nullable(v.string()),
  gpus: v.array(v.object({ id: v.string(), uuid: v.string(), model: v.string(), simulated: v.boolean() })),
})

const common = { id: v.string(), ts: v.string() }

/** What happens to a job. `run` is there where an attempt is concerned. */
export const jobEvent = v.object({
  ...common,
  type: v.picklist([
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
  ]),
  job,
  run: v.nullable(run),
})
export type JobEvent = v.InferOutput<typeof jobEvent>
export type JobEventType = JobEvent['type']

/** What happens to a worker's GPUs. */
export const gpuEvent = v.object({
  ...common,
  type: v.picklist(['gpu.registered', 'gpu.missing']),
  gpu: v.object({
    id: v.string(),
    uuid: v.string(),
    name: v.string(),
    totalMemoryMb: v.number(),
    /** Such as `8.0`. Absent in events of earlier versions. */
    computeCapability: v.nullish(v.string()),
    simulated: v.boolean(),
    workerId: v.string(),
  }),
})
export type GpuEvent = v.InferOutput<typeof gpuEvent>

/** A worker has said who it is: at its start, and whenever that changes. */
export const workerEvent = v.object({
  ...common,
  type: v.literal('worker.registered'),
  worker: v.object({
    id: v.string(),
    labels: v.record(v.string(), v.string()),
    executors: v.array(v.picklist(['process', 'docker'])),
  }),
})
export type WorkerEvent = v.InferOutput<typeof workerEvent>

/** A run was entered in the ledger. `gpuMicroseconds` is the run's, over all of its GPUs. */
export const usageEvent = v.object({
  ...common,
  type: v.literal('usage.recorded'),
  jobId: v.string(),
  runId: v.string(),
  account: v.string(),
  user: v.string(),
  gpuMicroseconds: v.number(),
})
export type UsageEvent = v.InferOutput<typeof usageEvent>

const instant = v.pipe(
  v.string(),
  v.check((text) => readInstant(text) !== null, 'is no instant'),
)
/** Jobs were given to workers, or have come or gone: where others stand in the queue may have changed. */
export const queueMoved = v.object({ at: instant })

/** A number from `least` on that fits PostgreSQL's `integer` with room to count on. */
const integerFrom = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(2 ** 30))

/** A piece of a run's output. `seq` counts from 0 without gaps; the last one has `end`. */
export const logRecord = v.object({
  runId: v.pipe(v.string(), v.uuid()),
  epoch: integerFrom(1),
  seq: integerFrom(0),
  at: instant,
  stream: v.picklist(['stdout', 'stderr', 'system']),
  /** At most 64 KiB of UTF-8. */
  text: v.pipe(v.string(), v.maxBytes(65_536)),
  firstLine: integerFrom(0),
  end: v.boolean(),
})
export type LogRecord = v.InferOutput<typeof logRecord>

const metric = v.nullable(v.pipe(v.number(), v.finite()))

/** One reading of one GPU; a metric that the card does not offer is null. */
const gpuSample = v.object({
  gpuId: v.pipe(v.string(), v.maxLength(64)),
  at: instant,
  utilisationPercent: metric,
  memoryUsedMb: metric,
  powerWatts: metric,
  temperatureC: metric,
  smClockMhz: metric,
  energyJoules: metric,
})
export type GpuSample = v.InferOutput<typeof gpuSample>

/** What a worker says of itself every second or so; it is also its sign of life. */
export const telemetry = v.object({
  workerId: v.pipe(v.string(), v.maxLength(128)),
  at: instant,
  samples: v.pipe(v.array(gpuSample), v.maxLength(64)),
})
export type Telemetry = v.InferOutput<typeof telemetry>
