// The subjects of NATS and the streams that keep some of them. PostgreSQL decides, NATS announces: whoever misses a message
// can ask the service that owns the data.

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
