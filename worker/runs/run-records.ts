// Reads what an earlier worker, or a shim, left in a run's directory. It may be of another version, or cut off.
import { constants } from 'node:os'
import * as v from 'valibot'
import type { Cgroup } from '../executors/cgroup.ts'
import {
  type Container,
  type DockerSettings,
  type IdleLimit,
  type KubernetesSettings,
  type Limits,
  type Order,
  type ProcessIdentity,
  type RunExit,
  type RunSpec,
  type RunUser,
  readJson,
  type ShimState,
  type Warning,
} from '../shim/files.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const identity: v.GenericSchema<unknown, ProcessIdentity> = v.object({ pid: count, startedAt: v.string() })

const signal = v.custom<NodeJS.Signals>((name) => typeof name === 'string' && Object.hasOwn(constants.signals, name))
export const warning: v.GenericSchema<unknown, Warning> = v.object({ signal, seconds: count })
export const container: v.GenericSchema<unknown, Container> = v.object({
  image: v.pipe(v.string(), v.minLength(1)),
  mounts: v.array(v.object({ source: v.string(), target: v.string(), readOnly: v.boolean() })),
})
const docker: v.GenericSchema<unknown, DockerSettings> = v.object({
  socket: v.string(),
  mountSources: v.array(v.string()),
  user: v.nullable(v.string()),
  gpuUuids: v.array(v.string()),
  home: v.string(),
})
const toleration = v.object({
  key: v.string(),
  operator: v.picklist(['Exists', 'Equal']),
  value: v.exactOptional(v.string()),
  effect: v.string(),
})
const kubernetes: v.GenericSchema<unknown, KubernetesSettings> = v.object({
  access: v.union([v.object({ kubeconfig: v.string() }), v.object({ server: v.string(), account: v.string() })]),
  namespace: v.string(),
  home: v.string(),
  pullSecrets: v.array(v.string()),
  serviceAccount: v.nullable(v.string()),
  nodeSelector: v.record(v.string(), v.string()),
  tolerations: v.array(toleration),
  gpuResource: v.string(),
  node: v.nullable(v.string()),
  startMs: count,
  keeper: v.nullable(v.object({ image: v.string(), seconds: count })),
})
export const limits: v.GenericSchema<unknown, Limits> = v.object({
  memoryMb: v.nullable(v.pipe(v.number(), v.minValue(1))),
  cpus: v.nullable(v.pipe(v.number(), v.gtValue(0))),
})

const idleLimit: v.GenericSchema<unknown, IdleLimit> = v.object({
  seconds: count,
  by: v.picklist(['job', 'worker']),
})

const user: v.GenericSchema<unknown, RunUser> = v.object({
  uid: count,
  gid: count,
  groups: v.array(count),
  exclusive: v.boolean(),
})

const cgroup: v.GenericSchema<unknown, Cgroup> = v.object({
  version: v.picklist([1, 2]),
  directory: v.string(),
  controllers: v.array(v.picklist(['memory', 'cpu'])),
  origin: v.string(),
})

const spec: v.GenericSchema<unknown, RunSpec> = v.object({
  runId: v.pipe(v.string(), v.uuid()),
  jobId: v.string(),
  epoch: count,
  attempt: count,
  command: v.array(v.string()),
  shell: v.boolean(),
  environment: v.record(v.string(), v.string()),
  // Specs of earlier versions do not have those with a default.
  secrets: v.optional(v.array(v.string()), []),
  workingDirectory: v.nullable(v.string()),
  timeoutSeconds: v.nullable(v.number()),
  idleLimit: v.optional(v.nullable(idleLimit), null),
  gpuUuids: v.array(v.string()),
  warning: v.optional(v.nullable(warning), null),
  container: v.optional(v.nullable(container), null),
  docker: v.optional(v.nullable(docker), null),
  kubernetes: v.optional(v.nullable(kubernetes), null),
  takesUp: v.optional(v.boolean(), false),
  limits: v.optional(limits, { memoryMb: null, cpus: null }),
  trace: v.optional(v.nullable(v.object({ parent: v.string(), own: v.string() })), null),
  requireLimits: v.optional(v.boolean(), false),
  user: v.optional(v.nullable(user), null),
  scratch: v.optional(v.string(), ''),
  graceMs: count,
  logLimitBytes: count,
})

const state: v.GenericSchema<unknown, ShimState> = v.object({
  bootId: v.string(),
  shim: identity,
  child: v.nullable(identity),
  container: v.optional(v.nullable(v.string()), null),
  cgroups: v.optional(v.array(cgroup), []),
})

const exit: v.GenericSchema<unknown, RunExit> = v.object({
  outcome: v.picklist([
    'EXITED',
    'TIMED_OUT',
    'CANCELLED',
    'NOT_STARTED',
    'OUT_OF_MEMORY',
    'IDLE',
    'GPU_FAILED',
    'PREEMPTED',
    'RELEASED',
  ]),
  exitCode: v.nullable(v.number()),
  signal: v.nullable(v.string()),
  reason: v.nullable(v.string()),
  endedAt: v.pipe(v.string(), v.isoTimestamp()),
  logChunks: v.nullable(count),
  lostBytes: v.optional(count, 0),
})

const order: v.GenericSchema<unknown, Order> = v.object({
  why: v.picklist(['cancel', 'preempt', 'idle', 'release', 'gpu-failed', 'over']),
  graceMs: count,
  sentence: v.exactOptional(v.string()),
})

/** How far a run's log is published. */
const published = v.object({ seq: count, offset: count })

export const readSpec = (path: string) => readRecord(path, spec)
export const readState = (path: string) => readRecord(path, state)
export const readOrder = (path: string) => readRecord(path, order)
export const readExit = (path: string) => readRecord(path, exit)
export const readPublished = (path: string) => readRecord(path, published)

/** Undefined when there is no such file, or nothing of use in it. */
export async function readRecord<const Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
): Promise<v.InferOutput<Schema> | undefined> {
  try {
    const result = v.safeParse(schema, await readJson(path))
    return result.success ? result.output : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
