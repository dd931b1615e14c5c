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
  /** Changes and refusals on their way from the gateway to the jobs service. */
  AUDIT: { name: 'AUDIT', subjects: ['audit.>'], maxAgeDays: 30, maxBytes: 2 ** 29 },
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
  budgetEvents: (budgetId: string) => `events.usage.budgets.${budgetId}`,
  allBudgetEvents: 'events.usage.budgets.*',
  /** From the usage service, again and again: a `BudgetHolds`. */
  budgetHolds: 'budgets.holds',
  /** From a worker: `LogRecord`s of one run. */
  runLog: (workerId: string, runId: string) => `logs.${workerId}.${runId}`,
  /** From the jobs service: a `LogRecord` of the run that is now stored. */
  storedLog: (runId: string) => `stored-logs.${runId}`,
  /** From a worker: a `Telemetry`. */
  telemetry: (workerId: string) => `telemetry.${workerId}`,
  allTelemetry: 'telemetry.*',
  /** To workers: there may be something to claim. A `Wake` where only some of them are to ask. */
  wakeQueue: 'wake.queue',
  /** To one worker: renew now, something about its runs has changed. No payload. */
  wakeWorker: (workerId: string) => `wake.worker.${workerId}`,
  /** From the jobs service: a `QueueMoved`, at most once a second. */
  queueMoved: 'queue.moved',
  /** From the gateway: an `AuditRecord`. */
  audit: 'audit.gateway',
  /** From the jobs service: a `TokenRevoked`. */
  tokenRevoked: 'tokens.revoked',
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
  /** When the attempt began to wait. Absent, as what follows, where an earlier release has sent it. */
  queuedAt: v.nullish(v.string()),
  startedAt: v.nullable(v.string()),
  finishedAt: v.nullable(v.string()),
  /** Of its GPUs over its life: told at its end, where they were measured. */
  meanUtilisationPercent: v.nullish(v.pipe(v.number(), v.finite())),
  energyJoules: v.nullish(v.pipe(v.number(), v.finite(), v.minValue(0))),
  gpus: v.array(v.object({ id: v.string(), uuid: v.string(), model: v.string(), simulated: v.boolean() })),
})

const common = { id: v.string(), ts: v.string() }

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

/** What happens to a GPU: `gpu` is how it was then. */
export const gpuEvent = v.object({
  ...common,
  type: v.picklist([
    'gpu.registered',
    'gpu.missing',
    /** By an operator, or when a drain has come to its end. */
    'gpu.cordoned',
    'gpu.draining',
    'gpu.returned',
    'gpu.labelled',
    /** Its faults are such that its run was ended. */
    'gpu.failed',
    /** Its faults are such that it gets no other run. */
    'gpu.suspect',
    /** The causes are gone. */
    'gpu.recovered',
    /** Something was noted that changes nothing. */
    'gpu.noted',
  ]),
  /** In a sentence, where there is something to say. */
  reason: v.nullish(v.string()),
  gpu: v.object({
    id: v.string(),
    uuid: v.string(),
    name: v.string(),
    totalMemoryMb: v.number(),
    /** Such as `8.0`. Absent in events of earlier versions. */
    computeCapability: v.nullish(v.string()),
    simulated: v.boolean(),
    workerId: v.string(),
    /** Whether its worker finds it, and whether it may be given runs: true where an earlier version does not say. */
    present: v.optional(v.boolean()),
    inService: v.optional(v.boolean()),
    /** In a sentence, why it is not in service. */
    whyNot: v.nullish(v.string()),
  }),
})
export type GpuEvent = v.InferOutput<typeof gpuEvent>
export type GpuEventType = GpuEvent['type']

/** What happens to a worker: it says who it is, and operators say whether it takes runs. */
export const workerEvent = v.object({
  ...common,
  type: v.picklist([
    'worker.registered',
    'worker.cordoned',
    'worker.draining',
    'worker.returned',
    /** It has not been heard of for a while, and is heard of again. */
    'worker.silent',
    'worker.back',
  ]),
  reason: v.nullish(v.string()),
  worker: v.object({
    id: v.string(),
    labels: v.record(v.string(), v.string()),
    executors: v.array(v.picklist(['process', 'docker'])),
    inService: v.optional(v.boolean()),
    whyNot: v.nullish(v.string()),
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

const BUDGET_EVENT_TYPES = ['budget.saved', 'budget.deleted', 'budget.crossed'] as const

/** What happens to a budget. Amounts are decimals. */
export const budgetEvent = v.object({
  ...common,
  type: v.picklist(BUDGET_EVENT_TYPES),
  budgetId: v.string(),
  account: v.string(),
  /** A currency, or `GPU_HOURS`. */
  unit: v.string(),
  amount: v.string(),
  /** What was crossed, in percent of the amount, in which month, such as `2026-01`, and what was spent by then. */
  threshold: v.nullish(v.number()),
  month: v.nullish(v.string()),
  spent: v.nullish(v.string()),
})
export type BudgetEvent = v.InferOutput<typeof budgetEvent>

/** A time as the services write it. */
export const instant = v.pipe(
  v.string(),
  v.check((text) => readInstant(text) !== null, 'is no instant'),
)
/** Jobs were given to workers, or have come or gone: where others stand in the queue may have changed. */
export const queueMoved = v.object({ at: instant })

/** As many accounts can be held back: so a message stays well under NATS's limit of 1 MB. */
export const MOST_HOLDS = 3_000

/** The budgets that are used up, and whose accounts' jobs are not to be started until then: all of them. */
export const budgetHolds = v.object({
  /** What is newer has a higher one. */
  version: v.pipe(v.number(), v.safeInteger()),
  holds: v.pipe(
    v.array(
      v.object({
        budgetId: v.pipe(v.string(), v.uuid()),
        account: v.string(),
        /** A currency, or `GPU_HOURS`. */
        unit: v.string(),
        amount: v.pipe(v.string(), v.decimal()),
        spent: v.pipe(v.string(), v.decimal()),
        until: instant,
      }),
    ),
    v.maxLength(MOST_HOLDS),
  ),
})
export type BudgetHolds = v.InferOutput<typeof budgetHolds>

/** An API token was revoked. Whoever misses it learns so when the token is next checked. */
export const tokenRevoked = v.object({ id: v.pipe(v.string(), v.uuid()) })

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

const metric = v.nullish(v.pipe(v.number(), v.finite()), null)

/** Of all workers, the share that is to wake up; each decides by chance whether it is among them. */
export const wake = v.object({ share: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) })

/** Why a GPU runs slower than it could; the words of the graph. */
export const THROTTLE_REASONS = [
  'POWER_CAP',
  'SW_THERMAL',
  'HW_THERMAL',
  'POWER_BRAKE',
  'HW_SLOWDOWN',
  'SYNC_BOOST',
] as const
export type ThrottleReason = (typeof THROTTLE_REASONS)[number]

const gpuId = v.pipe(v.string(), v.maxLength(64))
const heldBy = v.nullish(v.pipe(v.string(), v.uuid()))

/** One reading of one GPU; a metric that the card does not offer is null. */
const gpuSample = v.object({
  gpuId,
  at: instant,
  /** The run that held it. */
  runId: heldBy,
  utilisationPercent: metric,
  memoryUtilisationPercent: metric,
  memoryUsedMb: metric,
  powerWatts: metric,
  powerLimitWatts: metric,
  temperatureC: metric,
  memoryTemperatureC: metric,
  smClockMhz: metric,
  memoryClockMhz: metric,
  fanPercent: metric,
  energyJoules: metric,
  throttleReasons: v.optional(v.pipe(v.array(v.picklist(THROTTLE_REASONS)), v.maxLength(THROTTLE_REASONS.length)), []),
})
export type GpuSample = v.InferOutput<typeof gpuSample>

/** The metrics of a GPU of which nothing is known. */
export const NO_METRICS: Omit<GpuSample, 'gpuId' | 'at' | 'runId'> = {
  utilisationPercent: null,
  memoryUtilisationPercent: null,
  memoryUsedMb: null,
  powerWatts: null,
  powerLimitWatts: null,
  temperatureC: null,
  memoryTemperatureC: null,
  smClockMhz: null,
  memoryClockMhz: null,
  fanPercent: null,
  energyJoules: null,
  throttleReasons: [],
}

/** What uses a GPU. */
const gpuProcess = v.object({
  gpuId,
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  name: v.nullable(v.pipe(v.string(), v.maxLength(256))),
  memoryMb: metric,
  /** The run that it belongs to. */
  runId: heldBy,
})
export type GpuProcess = v.InferOutput<typeof gpuProcess>

/** What a worker says of itself every second or so; it is also its sign of life. */
export const telemetry = v.object({
  workerId: v.pipe(v.string(), v.maxLength(128)),
  at: instant,
  samples: v.pipe(v.array(gpuSample), v.maxLength(64)),
  /** Null where they are not known. */
  processes: v.nullish(v.pipe(v.array(gpuProcess), v.maxLength(512))),
})
export type Telemetry = v.InferOutput<typeof telemetry>

/** A service counts its events: of two about the same thing, the higher number is the newer one. The id is `gpus-17`. */
export function eventNumber(id: string): number {
  const number = Number(id.slice(id.lastIndexOf('-') + 1))
  if (!Number.isSafeInteger(number)) throw new Error(`${id} is no id of an event.`)
  return number
}
