// What a worker and the shim of a run say to each other: small files in the run's directory, so that
// either can die and be followed by another. Kept free of heavy imports: a shim must start fast.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cgroup } from '../executors/cgroup.ts'
import type { RunOutcome } from '../generated/documents.ts'
import { replaceFile, reserveRoom } from './disk.ts'

/** The places in a run's directory. */
export interface RunFiles {
  directory: string
  /** From the worker: a `RunSpec`. */
  spec: string
  /** From the worker: a `Deadline`, replaced at each renewal of the lease. */
  deadline: string
  /** From the worker: an `Order`, to be read at SIGTERM. */
  order: string
  /** From the shim: a `ShimState`. */
  state: string
  /** From the shim: the log's records, one JSON line each; line n has `seq` n. */
  output: string
  /** From the shim, its last word: a `RunExit`. */
  exit: string
  /** What the shim itself printed, which is nothing unless it broke. */
  faults: string
  /** The worker's own: how far the log is published. */
  published: string
  /** The worker's own: what the run's GPUs did so far. */
  usage: string
  /** The scratch directory of a command that runs as the worker's own user. */
  scratch: string
}

/** A process, told apart from a later one of the same number. */
export interface ProcessIdentity {
  pid: number
  startedAt: string
}

/** A signal to the command so long before it has to end, that it can save its work. */
export interface Warning {
  signal: NodeJS.Signals
  seconds: number
}

/** What a run is in when it is no process on the machine itself. */
export interface Container {
  image: string
  /** Directories of the machine in the container. */
  mounts: { source: string; target: string; readOnly: boolean }[]
}

/** How a worker runs containers. */
export interface DockerSettings {
  /** Where the daemon listens. */
  socket: string
  /** Directories of which, and of what lies in them, jobs may mount. */
  mountSources: string[]
  /** In place of the image's user: a name or numbers, as in `1000:1000`. */
  user: string | null
  /** Of the run's GPUs, those that the daemon can be asked for. */
  gpuUuids: string[]
  /** The worker's home. */
  home: string
}

/** How a cluster's API server is reached: as a kubeconfig says, or as a pod that has a service account. */
export type ClusterAccess = { kubeconfig: string } | { server: string; account: string }

export interface Toleration {
  key: string
  operator: 'Exists' | 'Equal'
  value?: string
  effect: string
}

/** How a worker runs commands in a cluster. */
export interface KubernetesSettings {
  access: ClusterAccess
  namespace: string
  /** Tells this worker's Jobs from those of others. */
  home: string
  pullSecrets: string[]
  serviceAccount: string | null
  /** Which nodes are the worker's. */
  nodeSelector: Record<string, string>
  tolerations: Toleration[]
  gpuResource: string
  /** The node whose GPUs are the run's; null for a run without. */
  node: string | null
  /** How long a pod may take until its command runs. */
  startMs: number
  /** What ends a pod of which nobody has spoken for so long; null for nothing. */
  keeper: { image: string; seconds: number } | null
}

/** What a run may use; null is as much as there is. */
export interface Limits {
  memoryMb: number | null
  cpus: number | null
}

/** After how long a run whose GPUs do nothing is ended, and who says so. */
export interface IdleLimit {
  seconds: number
  by: 'job' | 'worker'
}

/** Whom a command runs as. */
export interface RunUser {
  uid: number
  gid: number
  /** The further groups that it is in. */
  groups: number[]
  /** True where no process but those of this run is this user's. */
  exclusive: boolean
}

/** Spans, as https://www.w3.org/TR/trace-context/ writes them. */
interface RunTrace {
  /** What the run follows from. */
  parent: string
  /** The run itself. */
  own: string
}

export interface RunSpec {
  runId: string
  jobId: string
  epoch: number
  attempt: number
  command: string[]
  shell: boolean
  /** All of the command's environment: nothing else is inherited. */
  environment: Record<string, string>
  /** Names of those variables of the environment whose values must not appear in the log. */
  secrets: string[]
  workingDirectory: string | null
  timeoutSeconds: number | null
  /** Null for none. */
  idleLimit: IdleLimit | null
  gpuUuids: string[]
  warning: Warning | null
  container: Container | null
  /** Null where it does not run by Docker. */
  docker: DockerSettings | null
  /** Null where it does not run in a cluster. */
  kubernetes: KubernetesSettings | null
  /** True where the cluster has the command already: it is followed from there, and not started again. */
  takesUp: boolean
  limits: Limits
  /** Null where nobody is told of the run's trace. */
  trace: RunTrace | null
  /** True where a limit that cannot be enforced here keeps the command from starting. */
  requireLimits: boolean
  /** Null for the worker's own user. */
  user: RunUser | null
  /** The working directory of a command that names none. */
  scratch: string
  /** Between SIGTERM and SIGKILL. */
  graceMs: number
  /** How many bytes of output are kept. */
  logLimitBytes: number
}

/** Instants of `uptimeMs`. Unless the lease is renewed, the run gets SIGTERM at the first and SIGKILL at the second. */
export interface Deadline {
  warnAt: number
  killAt: number
}

/** Why the worker wants the run to end: `over` when the run is no longer its own. */
export interface Order {
  why: 'cancel' | 'preempt' | 'idle' | 'release' | 'gpu-failed' | 'over'
  graceMs: number
  /** The reason in a sentence, where the worker knows it better than the word does. */
  sentence?: string
}

export interface ShimState {
  bootId: string
  shim: ProcessIdentity
  /** Null until the command has started, and where it is in a container. */
  child: ProcessIdentity | null
  /** The container that the command has started in: Docker's id, or the name of a cluster's Job. */
  container: string | null
  /** The groups of processes that the command is in. */
  cgroups: Cgroup[]
}

export interface RunExit {
  outcome: RunOutcome
  exitCode: number | null
  signal: string | null
  reason: string | null
  /** When nothing of the run was left, by the machine's calendar: ISO 8601. */
  endedAt: string
  /** How many records the log has, its end included; null when it could not be completed. */
  logChunks: number | null
  /** How many bytes of output are missing at the end of such a log, as far as is known. */
  lostBytes: number
}

export function runFiles(directory: string): RunFiles {
  return {
    directory,
    spec: join(directory, 'spec.json'),
    deadline: join(directory, 'deadline.json'),
    order: join(directory, 'order.json'),
    state: join(directory, 'state.json'),
    output: join(directory, 'output.jsonl'),
    exit: join(directory, 'exit.json'),
    faults: join(directory, 'shim.err'),
    published: join(directory, 'published.json'),
    usage: join(directory, 'usage.json'),
    scratch: join(directory, 'scratch'),
  }
}

/** Takes the room for what must be written even when the disk is full: without it a run could not go on. */
export function reserveFiles({ deadline, order, state, exit }: RunFiles): Promise<void> {
  return reserveRoom([deadline, order, state, exit])
}

/** Writes JSON so that a reader sees either the old file or the whole new one. */
export function writeJson(path: string, value: unknown): Promise<void> {
  return replaceFile(path, JSON.stringify(value))
}

/** The JSON in a file, unchecked, or undefined when there is no such file. */
export async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
