// What the parts of a worker share.
import type { ChildProcess } from 'node:child_process'
import type { Logger } from '@constellation/platform/log.ts'
import type { Api } from './api.ts'
import type { Bus } from './bus.ts'
import type { WorkerConfig } from './config.ts'
import type { Executor, FinishRunInput, LeaseStanding } from './generated/documents.ts'
import type { GpuInfo, GpuProvider } from './gpu/provider.ts'
import type { Health } from './health/health.ts'
import type { Patience } from './pace/patience.ts'
import type { Users } from './run-as.ts'
import type { Shims } from './runs/shims.ts'
import type { Deadline, Order, RunFiles, RunSpec } from './shim/files.ts'
import type { RunUsage } from './telemetry/usage.ts'

export interface Worker {
  id: string
  config: WorkerConfig
  log: Logger
  api: Api
  bus: Bus
  gpus: GpuProvider
  shims: Shims
  users: Users
  /** The directory of the scratch directories of runs of other users than the worker's. */
  scratch: string
  /** The GPUs that the graph knows of, with their ids there. */
  registered: readonly (GpuInfo & { id: string })[]
  /** What the graph knows of why there are no GPUs. */
  gpuNotice: string | null
  /** How the graph knows that it can run commands. */
  executors: readonly Executor[]
  /** The runs that hold a lease, and with it a slot and their GPUs, by id. */
  runs: Map<string, Run>
  /** The lives of these and of runs whose log is still on its way. */
  lives: Set<Promise<void>>
  /** How long the server's leases last, as far as is known. */
  leaseMs: number
  /** Reports the end of a run until it is heard. */
  finish(input: FinishRunInput): Promise<LeaseStanding>
  patience: Patience
  /** Asks for more runs, soon. */
  wakeClaims(): void
  /** Looks for changes of what it can do, soon. */
  wakeRegistration(): void
  /** Renews the leases, soon. */
  wakeRenewals(): void
  /** Reads the GPUs now. */
  sampleNow(): Promise<void>
  health: Health
  /** Looks now at how the GPUs are, and returns when what is new was heard. Rejects where it was not. */
  lookAtHealth(): Promise<void>
  /** Aborted when the worker stops waiting for anything. */
  stopped: AbortController
}

/** One run on this worker. */
export interface Run {
  spec: RunSpec
  files: RunFiles
  deadline: Deadline
  /** The last write of the deadline's file: one at a time, so that no older one comes last. */
  deadlineWritten: Promise<void>
  usage: RunUsage
  /** True when what its GPUs do is not the run's any more. */
  measured: boolean
  /** When its command started, in milliseconds since 1970; undefined until that is known. */
  begunAt: number | undefined
  /** Its command's process; undefined until it is known, and in a container. */
  pid: number | undefined
  /** Whether the server has heard that its GPUs do nothing; undefined where an earlier worker may have said so. */
  idleHeard: boolean | undefined
  /** In a sentence, how one of its GPUs failed while the run held it. */
  gpuFailure: string | undefined
  /** The shim, where this process started it. */
  child: ChildProcess | undefined
  /** An instant of `uptimeMs`. */
  followedSince: number
  /** What the shim was told. */
  order: Order['why'] | undefined
  /** True once the run's end is known: from then on only its report matters. */
  ended: boolean
  /** Resolved when the end is reported, or is not to be. */
  reported: PromiseWithResolvers<void>
  /** How many records its log has, once that is known. */
  logChunks: number | undefined
  /** The last of these, where the disk had no room for them. */
  logRest: Buffer[]
  /** Aborted when the run turned out to be no longer ours. */
  lost: AbortController
}

export function newRun(spec: RunSpec, files: RunFiles, deadline: Deadline, usage: RunUsage, since: number): Run {
  return {
    spec,
    files,
    deadline,
    deadlineWritten: Promise.resolve(),
    usage,
    measured: false,
    begunAt: undefined,
    pid: undefined,
    idleHeard: false,
    gpuFailure: undefined,
    child: undefined,
    followedSince: since,
    order: undefined,
    ended: false,
    reported: Promise.withResolvers(),
    logChunks: undefined,
    logRest: [],
    lost: new AbortController(),
  }
}
