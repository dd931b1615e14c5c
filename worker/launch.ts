// Lays out a run's directory and starts its shim.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClaimedRun } from './claim.ts'
import { uptimeMs } from './clock.ts'
import { commandEnvironment } from './environment.ts'
import { deadlineOf } from './lease.ts'
import { type RunFiles, type RunSpec, runFiles, writeJson } from './shim/files.ts'
import { NO_USAGE } from './usage.ts'
import { newRun, type Run, type Worker } from './worker.ts'

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
  await writeJson(files.deadline, deadline)
  await writeJson(files.spec, spec)
  const run = newRun(spec, files, deadline, NO_USAGE, uptimeMs())
  run.child = worker.shims.start(files)
  return run
}

export function runsDirectory(home: string): string {
  return join(home, 'runs')
}

function specOf(claimed: ClaimedRun, files: RunFiles, { config, users, scratch, runs }: Worker): RunSpec {
  const { runId, jobId, epoch, attempt, command, shell, workingDirectory, timeoutSeconds, gpuUuids } = claimed
  const { env, secrets, warning, container, limits } = claimed
  // A container has users of its own.
  const chosen = container ? undefined : users.choose(Array.from(runs.values(), (run) => run.spec.user))
  const place = { scratch: chosen ? join(scratch, runId) : files.scratch }
  return {
    ...place,
    user: chosen?.user ?? null,
    runId,
    jobId,
    epoch,
    attempt,
    command,
    shell,
    environment: commandEnvironment(config.inherited, { ...env, ...secrets }, { ...claimed, ...place }, chosen),
    secrets: Object.keys(secrets),
    workingDirectory,
    timeoutSeconds,
    gpuUuids,
    warning,
    container,
    limits,
    requireLimits: config.REQUIRE_LIMITS,
    graceMs: config.TERMINATION_GRACE_SECONDS * 1_000,
    logLimitBytes: config.LOG_LIMIT_MB * 2 ** 20,
  }
}
