// For tests: jobs in memory, to which happens what a test says, when it says so.
import { ConstellationError, type Problem } from '@constellation/platform/errors.ts'
import { createInbox, type Inbox } from '../../live/feeds/inbox.ts'
import type {
  JobState,
  LogStream,
  RestJobFragment,
  RestQueueFragment,
  RunOutcome,
  RunState,
  SubmitJobInput,
  UpdateJobInput,
} from '../generated/documents.ts'
import { exportFields } from './exports.ts'
import { createTestGraph } from './graph.ts'
import { webhookFields } from './webhooks.ts'

const USAGE = {
  gpuSeconds: 3.25,
  runs: 1,
  cost: [{ amount: '1.5000000000', currency: 'EUR' }],
  wastedGpuSeconds: 0.25,
  utilisedGpuSeconds: 1.5,
  measuredGpuSeconds: 3,
}

export const JOB_ID = '0199a1b2-0000-7000-8000-000000000001'
export const GPU = {
  id: '0199a1b2-0000-7000-8000-00000000000a',
  uuid: 'GPU-6c1f0b3e-5c1d-4f6e-9d5e-2f3a4b5c6d7e',
  name: 'Simulated A100',
  index: 0,
  totalMemoryMb: 81_920,
  computeCapability: '8.0',
  driverVersion: null,
  cudaVersion: '13.0',
  pciBusId: '00000000:65:00.0',
  simulated: true,
  state: 'UNHEALTHY',
  stateReason: 'It does not answer.',
  health: 'FAILED',
  cordon: null,
  mig: { parentUuid: 'GPU-p', gpuInstance: 1, computeInstance: 0 },
  nvlinkPeers: [{ uuid: 'GPU-q', links: 4 }],
  labels: { rack: 'a1' },
  faults: () => [
    {
      id: '0199a1b2-0000-7000-8000-00000000000f',
      kind: 'REMAP_PENDING',
      xid: null,
      severity: 'DRAIN',
      message: 'A row is to be remapped.',
      firstAt: '2026-01-31T12:00:00.000Z',
      lastAt: '2026-01-31T12:00:01.000Z',
      count: 2,
      run: { id: '0199a1b2-0000-7000-8000-0000000000b1' },
    },
  ],
  worker: { id: 'worker-1', hostname: 'node-1', state: 'ONLINE' },
  currentRun: null,
  lastSample: {
    at: '2026-01-31T12:00:00.000Z',
    utilisationPercent: 1,
    memoryUtilisationPercent: 2,
    memoryUsedMb: 3,
    powerWatts: 4,
    powerLimitWatts: 5,
    temperatureC: 6,
    memoryTemperatureC: 7,
    smClockMhz: 8,
    memoryClockMhz: 9,
    fanPercent: null,
    energyJoules: 11,
    throttleReasons: ['HW_THERMAL'],
  },
}

export interface FakeRun {
  id: string
  attempt: number
  state: RunState
  exitCode: number | null
  signal: string | null
  outcome: RunOutcome | null
  reason: string | null
  startedAt: string | null
  finishedAt: string | null
  idleSince: string | null
  /** A function may throw, as a service that does not answer. */
  gpus: (typeof GPU)[] | (() => never)
  metrics: object | null
  log: () => { expired: boolean }
}

interface FakeChunk {
  runId: string
  seq: number
  at: string
  stream: LogStream
  text: string
  firstLine: number
  end: boolean
}

export interface FakeJob {
  id: string
  name: string
  state: JobState
  version: number
  priority: number
  account: string
  submittedBy: string
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  reason: string | null
  cancelRequested: boolean
  command: string[]
  shell: boolean
  gpus: RestJobFragment['gpus']
  env: Record<string, string>
  workingDirectory: string | null
  timeoutSeconds: number | null
  maxIdleSeconds: number | null
  maxRetries: number
  retry: RestJobFragment['retry']
  preemptible: boolean
  warning: RestJobFragment['warning']
  workerLabels: Record<string, string>
  container: RestJobFragment['container']
  limits: RestJobFragment['limits']
  secrets: string[]
  template: string | null
  array: RestJobFragment['array']
  dependsOn: { id: string }[]
  after: { id: string }[]
  startAt: string | null
  schedule: string | null
  queue: RestQueueFragment['queue']
  runs: FakeRun[]
  usage: { gpuSeconds: number } | (() => never)
}

export function createWorld() {
  const jobs: FakeJob[] = []
  const chunks = new Map<string, FakeChunk[]>()
  const open = new Set<{ subject: string; inbox: Inbox<object> }>()
  const waiting = new Set<() => void>()
  const expired = new Set<string>()
  const keys = new Map<string, { sent: string; jobs: FakeJob[] }>()
  const asked: { field: string; args: object }[] = []
  let failure: Error | undefined

  function listen(subject: string, inbox: Inbox<object>): AsyncIterableIterator<object> {
    const entry = { subject, inbox }
    open.add(entry)
    tellWaiting()
    const end = () => {
      open.delete(entry)
      inbox.close()
      tellWaiting()
      return { done: true, value: undefined } as const
    }
    return {
      async next() {
        const value = await inbox.take()
        return value ? { done: false, value } : end()
      },
      return: async () => end(),
      [Symbol.asyncIterator]() {
        return this
      },
    }
  }

  function tellWaiting(): void {
    for (const check of [...waiting]) check()
  }

  function publish(subject: string, event: object): void {
    for (const entry of open) if (entry.subject === subject) entry.inbox.put(event)
  }

  function find(id: string): FakeJob {
    const job = jobs.find((one) => one.id === id)
    if (!job) throw new ConstellationError('NOT_FOUND', `There is no job ${id}.`)
    return job
  }

  function addJob(fields: Partial<FakeJob> = {}): FakeJob {
    const job = { ...newJob(jobs.length), ...fields }
    jobs.push(job)
    return job
  }

  /** Paths of problems begin such as `inputs.0.` */
  function submit(inputs: readonly SubmitJobInput[], key: string | null | undefined) {
    const earlier = keys.get(key ?? '')
    if (earlier && earlier.sent !== JSON.stringify(inputs)) {
      throw new ConstellationError('IDEMPOTENCY_CONFLICT', 'The idempotency key was used for another submission.')
    }
    if (earlier) return { jobs: earlier.jobs, replayed: true, problems: [] }
    const problems = inputs.flatMap((input, i) =>
      problemsOf(input).map((one) => ({ ...one, path: `inputs.${i}.${one.path}` })),
    )
    const made = problems.length > 0 ? [] : inputs.map((input) => addJob(fromInput(input)))
    if (key && made.length > 0) keys.set(key, { sent: JSON.stringify(inputs), jobs: made })
    return { jobs: made, replayed: false, problems }
  }

  function change(job: FakeJob, fields: Partial<FakeJob>): void {
    Object.assign(job, fields, { version: job.version + 1 })
    publish(`job ${job.id}`, { jobChanged: { ...job } })
    publish('jobs', { jobsChanged: { ...job } })
  }

  const problemsOfIds = (ids: readonly string[]): Problem[] =>
    ids.flatMap((id, i) =>
      jobs.some((job) => job.id === id) ? [] : [{ path: `ids.${i}`, message: `There is no job ${id}.` }],
    )

  const subscriptions = () => [...open].map(({ subject }) => subject)

  return {
    asked,
    addJob,
    change,
    jobs,
    /** What every question to the graph fails with from now on. */
    failWith(error: Error | undefined) {
      failure = error
    },
    /** A new attempt that runs. */
    start(job: FakeJob): FakeRun {
      const run = newRun(job)
      change(job, { state: 'RUNNING', runs: [...job.runs, run] })
      return run
    },
    endRun(job: FakeJob, run: FakeRun, ending: Partial<FakeRun>, jobFields: Partial<FakeJob>): void {
      const runs = job.runs.map((one) => (one.id === run.id ? { ...one, ...ending } : one))
      change(job, { ...jobFields, runs })
    },
    /** Forgets what an attempt has written, as it is kept no longer. */
    expire(job: FakeJob, run: FakeRun): void {
      const runs = job.runs.map((one) => (one.id === run.id ? { ...one, log: () => ({ expired: true }) } : one))
      change(job, { runs })
      expired.add(run.id)
    },
    write(run: FakeRun, text: string, { end = false } = {}): void {
      const log = chunks.get(run.id) ?? []
      chunks.set(run.id, log)
      const chunk: FakeChunk = {
        runId: run.id,
        seq: log.length,
        at: '2026-01-31T12:00:01.000Z',
        stream: 'STDOUT',
        text,
        firstLine: log.reduce((lines, each) => lines + each.text.split('\n').length - 1, 0),
        end,
      }
      log.push(chunk)
      publish(`log ${run.id}`, { runLog: chunk })
    },
    /** Subscriptions that are open: such as `log <run id>`, `job <id>` or `jobs`. */
    subscriptions,
    /** Resolves when `isSo` holds of the open subscriptions. */
    whenSubscriptions(isSo: (subjects: string[]) => boolean): Promise<void> {
      return new Promise((resolve) => {
        const check = () => {
          if (!isSo(subscriptions())) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      })
    },
    /** Ends every subscription, as a server that stops does. */
    endSubscriptions(): void {
      for (const { inbox } of open) inbox.close()
    },
    graph: createTestGraph(
      {
        job: ({ id }: { id: string }) => jobs.find((job) => job.id === id) ?? null,
        jobs: ({ first }: { first: number }) => ({
          nodes: jobs.slice(0, first),
          pageInfo: { hasNextPage: jobs.length > first, endCursor: 'next page' },
        }),
        submitJob: ({ input, idempotencyKey }: { input: SubmitJobInput; idempotencyKey?: string | null }) => {
          const {
            jobs: [job = null],
            ...rest
          } = submit([input], idempotencyKey)
          return { ...rest, job, problems: rest.problems.map((one) => ({ ...one, path: one.path.slice(9) })) }
        },
        submitJobs: ({ inputs, idempotencyKey }: { inputs: SubmitJobInput[]; idempotencyKey?: string | null }) =>
          submit(inputs, idempotencyKey),
        checkJob: ({ input }: { input: SubmitJobInput }) => ({
          problems: problemsOf(input),
          possible: true,
          reason: 'RESERVED_FOR_OTHERS',
          message: 'Kept.',
          eta: null,
          workers: [{ worker: { id: 'worker-1' }, possible: true, gpusThatFit: 2, gpusFree: 1, reason: null }],
        }),
        updateJob: ({
          id,
          input,
          expectedVersion,
        }: {
          id: string
          input: UpdateJobInput
          expectedVersion?: number
        }) => {
          const job = find(id)
          if (expectedVersion != null && expectedVersion !== job.version) {
            throw new ConstellationError('PRECONDITION_FAILED', 'The job has changed.')
          }
          if (input.priority != null && job.state !== 'QUEUED') {
            throw new ConstellationError('CONFLICT', 'The priority of a running job does not change.')
          }
          change(job, { name: input.name ?? job.name, priority: input.priority ?? job.priority })
          return { job, problems: [] }
        },
        cancelJob: ({ id }: { id: string }) => {
          const job = find(id)
          if (job.state === 'QUEUED') change(job, { state: 'CANCELLED', cancelRequested: true })
          if (job.state === 'RUNNING') change(job, { cancelRequested: true })
          return { job, problems: [] }
        },
        cancelJobs: ({ ids }: { ids: string[] }) => {
          const found = jobs.filter(({ id }) => ids.includes(id))
          for (const job of found) change(job, { state: 'CANCELLED', cancelRequested: true })
          return { jobs: found, problems: problemsOfIds(ids) }
        },
        rerunJobs: ({ ids, idempotencyKey }: { ids: string[]; idempotencyKey?: string | null }) => {
          const problems = problemsOfIds(ids)
          return problems.length > 0
            ? { jobs: [], replayed: false, problems }
            : submit(
                ids.map((id) => ({ name: `${find(id).name} again`, command: ['true'] })),
                idempotencyKey,
              )
        },
        ...webhookFields(),
        gpu: ({ id }: { id: string }) => (id === GPU.id ? GPU : null),
        cordonGpu: (word: { id: string; reason: string }) => ({ gpu: cordoned(word, 'CORDON') }),
        drainGpu: (word: { id: string; reason: string }) => ({ gpu: cordoned(word, 'DRAIN') }),
        returnGpu: ({ id }: { id: string }) => ({ gpu: findGpu(id) }),
        gpus: () => ({ nodes: [GPU], pageInfo: { hasNextPage: false, endCursor: 'x' } }),
        usage: () => ({
          asOf: '2026-01-31T12:00:00.000Z',
          rows: [{ user: 'alice', model: 'A100', usage: { ...USAGE, provisional: false } }],
          total: { ...USAGE, provisional: false },
        }),
        ...exportFields(),
        usageLeaderboard: () => [
          {
            rank: 1,
            key: 'team-a',
            usage: { ...USAGE, provisional: true, asOf: '2026-01-31T12:00:00.000Z' },
          },
        ],
      },
      {
        jobChanged: ({ id }: { id: string }) => {
          const inbox = createInbox<object>(10_000, 'fail')
          inbox.put({ jobChanged: { ...find(id) } })
          return listen(`job ${id}`, inbox)
        },
        jobsChanged: () => listen('jobs', createInbox(10_000, 'fail')),
        runLog: ({ runId, after, fromLine }: { runId: string; after: number; fromLine: number }) => {
          if (expired.has(runId)) throw new ConstellationError('GONE', 'The output is older than output is kept.')
          const inbox = createInbox<object>(10_000, 'fail')
          for (const chunk of chunks.get(runId) ?? []) {
            if (chunk.seq > after && chunk.firstLine >= fromLine) inbox.put({ runLog: chunk })
          }
          return listen(`log ${runId}`, inbox)
        },
      },
      (field, args) => {
        asked.push({ field, args })
        if (failure) throw failure
      },
    ),
  }
}

/** As much of the jobs service's rules as is needed to see what becomes of a refusal. */
function problemsOf(input: SubmitJobInput): Problem[] {
  const problems: Problem[] = []
  if (input.template === 'nothing') problems.push({ path: 'template', message: 'there is none' })
  if (input.arguments?.epochs === 'none') problems.push({ path: 'arguments.epochs', message: 'is no number' })
  if (input.workingDirectory?.startsWith('.')) problems.push({ path: 'workingDirectory', message: 'must be absolute' })
  if (input.gpus?.count === 64) problems.push({ path: 'gpus.count', message: 'is too many' })
  if (input.env && '1A' in input.env) problems.push({ path: 'env.1A', message: 'is not a name' })
  if (input.command?.[0] === '') problems.push({ path: 'command.0', message: 'must name a program' })
  return problems
}

function fromInput(input: SubmitJobInput): Partial<FakeJob> {
  return {
    name: input.name ?? 'unnamed',
    command: input.command ?? ['from', 'template'],
    shell: input.shell ?? false,
    gpus: {
      count: input.gpus ? (input.gpus.count ?? 1) : 0,
      minMemoryMb: input.gpus?.minMemoryMb ?? null,
      model: input.gpus?.model ?? null,
      minComputeCapability: input.gpus?.minComputeCapability ?? null,
    },
    env: input.env ?? {},
    workingDirectory: input.workingDirectory ?? null,
    priority: input.priority ?? 0,
    account: input.account ?? 'team-a',
    timeoutSeconds: input.timeoutSeconds ?? null,
    maxIdleSeconds: input.maxIdleSeconds ?? null,
    maxRetries: input.maxRetries ?? 0,
    retry: {
      exitCodes: input.retry?.exitCodes ?? null,
      backoffSeconds: input.retry?.backoffSeconds ?? 0,
      maxBackoffSeconds: input.retry?.maxBackoffSeconds ?? 3600,
    },
    preemptible: input.preemptible ?? false,
    warning: input.warning ? { signal: input.warning.signal ?? 'SIGUSR1', seconds: input.warning.seconds } : null,
    workerLabels: input.workerLabels ?? {},
    container: input.container
      ? {
          image: input.container.image,
          mounts: (input.container.mounts ?? []).map((mount) => ({ ...mount, readOnly: mount.readOnly ?? false })),
        }
      : null,
    limits: { memoryMb: input.limits?.memoryMb ?? null, cpus: input.limits?.cpus ?? null },
    secrets: input.secrets ?? [],
    template: input.template ?? null,
    dependsOn: (input.dependsOn ?? []).map((id) => ({ id })),
    after: (input.after ?? []).map((id) => ({ id })),
    startAt: input.startAt ?? null,
  }
}

function newJob(index: number): FakeJob {
  return {
    id: JOB_ID.replace(/1$/, String(index + 1)),
    name: 'train',
    state: 'QUEUED',
    version: 1,
    priority: 0,
    account: 'team-a',
    submittedBy: 'alice',
    createdAt: '2026-01-31T12:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    reason: null,
    cancelRequested: false,
    command: ['python3', 'train.py'],
    shell: false,
    gpus: { count: 1, minMemoryMb: null, model: null, minComputeCapability: null },
    env: {},
    workingDirectory: null,
    timeoutSeconds: null,
    maxIdleSeconds: null,
    maxRetries: 0,
    retry: { exitCodes: null, backoffSeconds: 0, maxBackoffSeconds: 3600 },
    preemptible: false,
    warning: null,
    workerLabels: {},
    container: null,
    limits: { memoryMb: null, cpus: null },
    secrets: [],
    template: null,
    array: null,
    dependsOn: [],
    after: [],
    startAt: null,
    schedule: null,
    queue: null,
    runs: [],
    usage: { gpuSeconds: 0 },
  }
}

function newRun({ runs }: FakeJob): FakeRun {
  return {
    id: `0199a1b2-0000-7000-8000-0000000000b${runs.length + 1}`,
    attempt: runs.length + 1,
    state: 'RUNNING',
    exitCode: null,
    signal: null,
    outcome: null,
    reason: null,
    startedAt: '2026-01-31T12:00:01.000Z',
    finishedAt: null,
    idleSince: null,
    gpus: [GPU],
    metrics: null,
    log: () => ({ expired: false }),
  }
}

function findGpu(id: string): typeof GPU {
  if (id !== GPU.id) throw new ConstellationError('NOT_FOUND', `There is no GPU ${id}.`)
  return GPU
}

function cordoned({ id, reason }: { id: string; reason: string }, mode: 'CORDON' | 'DRAIN') {
  return { ...findGpu(id), cordon: { mode, reason, by: 'otto', at: '2026-01-31T12:00:00.000Z' } }
}
