// Lays out a run's directory and starts its shim.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { newTraceparent } from '@constellation/platform/tracing/trace.ts'
import type { ClaimedRun } from '../claim.ts'
import { uptimeMs } from '../clock.ts'
import { settingsOf } from '../executors/kubernetes/config.ts'
import { homeOf } from '../executors/kubernetes/labels.ts'
import { deadlineOf } from '../lease.ts'
import {
  type Container,
  type DockerSettings,
  type IdleLimit,
  type KubernetesSettings,
  type RunFiles,
  type RunSpec,
  reserveFiles,
  runFiles,
  writeJson,
} from '../shim/files.ts'
import { NO_USAGE } from '../telemetry/usage.ts'
import { newRun, type Run, type Worker } from '../worker.ts'
import { commandEnvironment } from './environment.ts'

/**
 * Starts a claimed run; `sentAt` is when the claim was sent, an instant of `uptimeMs`. From here on the
 * run does not need this process any more.
 */
export async function launch(worker: Worker, claimed: ClaimedRun, sentAt: number): Promise<Run> {
  const files = runFiles(join(runsDirectory(worker.config.WORKER_HOME), claimed.runId))
  // Fails if it exists: a run is claimed once.
  await mkdir(files.directory, { mode: 0o700 })
  const spec = specOf(claimed, files, worker)
  const deadline = deadlineOf(sentAt, claimed.leaseMs)
  try {
    await Promise.all([reserveFiles(files), writeJson(files.deadline, deadline), writeJson(files.spec, spec)])
  } catch (error) {
    await rm(files.directory, { recursive: true, force: true })
    throw error
  }
  const run = newRun(spec, files, deadline, NO_USAGE, uptimeMs())
  run.child = worker.shims.start(files)
  return run
}

export function runsDirectory(home: string): string {
  return join(home, 'runs')
}

function specOf(claimed: ClaimedRun, files: RunFiles, worker: Worker): RunSpec {
  const { config } = worker
  const { runId, jobId, epoch, attempt, command, shell, workingDirectory, timeoutSeconds, gpuUuids } = claimed
  const { env, secrets, warning, limits } = claimed
  const kubernetes = config.EXECUTORS.includes('kubernetes') ? inCluster(worker, gpuUuids) : null
  const container = claimed.container ?? (kubernetes && defaultContainer(config))
  // A container has users of its own.
  const chosen = container
    ? undefined
    : worker.users.choose(
        jobId,
        Array.from(worker.runs.values(), ({ spec }) => spec.user),
      )
  const own = newTraceparent(claimed.traceparent)
  const trace = claimed.traceparent !== null && own !== undefined ? { parent: claimed.traceparent, own } : null
  const scratch = chosen ? join(worker.scratch, runId) : files.scratch
  return {
    runId,
    jobId,
    epoch,
    attempt,
    command,
    shell,
    environment: commandEnvironment(
      container ? inImage(config.inherited) : config.inherited,
      { ...traceOf(own ?? claimed.traceparent), ...env, ...secrets },
      { ...claimed, scratch },
      chosen,
    ),
    secrets: Object.keys(secrets),
    workingDirectory,
    timeoutSeconds,
    idleLimit: gpuUuids.length === 0 ? null : idleLimit(claimed.maxIdleSeconds, config.MAX_IDLE_SECONDS),
    gpuUuids,
    warning,
    container,
    takesUp: false,
    docker: kubernetes ? null : container && dockerSettings(worker, gpuUuids),
    kubernetes,
    limits,
    trace,
    requireLimits: config.REQUIRE_LIMITS,
    user: chosen?.user ?? null,
    scratch,
    graceMs: config.TERMINATION_GRACE_SECONDS * 1_000,
    logLimitBytes: config.LOG_LIMIT_MB * 2 ** 20,
  }
}

/** By which a job's process goes on with the trace, unless it is given another. */
function traceOf(traceparent: string | null): Record<string, string> {
  return traceparent === null ? {} : { TRACEPARENT: traceparent }
}

function idleLimit(job: number | null, worker: number | undefined): IdleLimit | null {
  if (job !== null) return { seconds: job, by: 'job' }
  return worker === undefined ? null : { seconds: worker, by: 'worker' }
}

/** An image has paths and users of its own: of the machine's environment only the time zone fits. */
function inImage({ TZ }: Record<string, string>): Record<string, string> {
  return TZ === undefined ? {} : { TZ }
}

/** @throws Error where the GPUs are not those of one node */
function inCluster({ id, config, gpus }: Worker, gpuUuids: readonly string[]): KubernetesSettings {
  const nodes = new Set(gpuUuids.map((uuid) => gpus.places?.().get(uuid)))
  const [node] = nodes
  if (nodes.size > 1) throw new Error('its GPUs are those of several nodes.')
  if (gpuUuids.length > 0 && node === undefined)
    throw new Error(`the node of ${gpuUuids.join(', ')} takes no runs now.`)
  return { ...settingsOf(config, homeOf(id)), node: node ?? null }
}

function defaultContainer({ KUBERNETES_IMAGE: image }: Worker['config']): Container | null {
  return image === undefined ? null : { image, mounts: [] }
}

function dockerSettings({ config, registered }: Worker, gpuUuids: readonly string[]): DockerSettings {
  const real = registered.filter(({ uuid, simulated }) => !simulated && gpuUuids.includes(uuid))
  return {
    socket: config.DOCKER_SOCKET,
    mountSources: config.DOCKER_MOUNTS,
    user: config.DOCKER_USER ?? null,
    gpuUuids: real.map(({ uuid }) => uuid),
    home: config.WORKER_HOME,
  }
}
