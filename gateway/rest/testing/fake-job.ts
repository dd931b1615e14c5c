// For tests: a job and its attempts as the graph has them, with everything that they may hold.
import type { Problem } from '@constellation/platform/errors.ts'
import type {
  JobState,
  LogStream,
  RestJobFragment,
  RestQueueFragment,
  RunOutcome,
  RunState,
  SubmitJobInput,
} from '../generated/documents.ts'
import { GPU } from './gpus.ts'

export const JOB_ID = '0199a1b2-0000-7000-8000-000000000001'

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

export interface FakeChunk {
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

/** As much of the jobs service's rules as is needed to see what becomes of a refusal. */
export function problemsOf(input: SubmitJobInput): Problem[] {
  const problems: Problem[] = []
  if (input.template === 'nothing') problems.push({ path: 'template', message: 'there is none' })
  if (input.arguments?.epochs === 'none') problems.push({ path: 'arguments.epochs', message: 'is no number' })
  if (input.workingDirectory?.startsWith('.')) problems.push({ path: 'workingDirectory', message: 'must be absolute' })
  if (input.gpus?.count === 64) problems.push({ path: 'gpus.count', message: 'is too many' })
  if (input.env && '1A' in input.env) problems.push({ path: 'env.1A', message: 'is not a name' })
  if (input.command?.[0] === '') problems.push({ path: 'command.0', message: 'must name a program' })
  return problems
}

export function fromInput(input: SubmitJobInput): Partial<FakeJob> {
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

/** What a job is that was asked for with a command and no more. */
export const NOTHING_MORE = {
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
} satisfies Partial<RestJobFragment>

export function newJob(index: number): FakeJob {
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
    ...NOTHING_MORE,
    queue: null,
    runs: [],
    usage: { gpuSeconds: 0 },
  }
}

export function newRun({ runs }: FakeJob): FakeRun {
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
