// Lays out a run's directory and starts its shim.
import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ClaimedRun } from './claim.ts'
import { uptimeMs } from './clock.ts'
import { commandEnvironment } from './environment.ts'
import { deadlineOf } from './lease.ts'
import { type RunSpec, runFiles, writeJson } from './shim/files.ts'
import { NO_USAGE } from './usage.ts'
import { newRun, type Run, type Worker } from './worker.ts'

const SHIM = fileURLToPath(new URL('shim/main.ts', import.meta.url))

/**
 * Starts a claimed run; `sentAt` is when the claim was sent, an instant of `uptimeMs`. From here on the
 * run does not need this process any more.
 */
export async function launch(worker: Worker, claimed: ClaimedRun, sentAt: number): Promise<Run> {
  const files = runFiles(join(runsDirectory(worker.config.WORKER_HOME), claimed.runId))
  // Fails if it exists: a run is claimed once.
  await mkdir(files.directory, { mode: 0o700 })
  const spec = specOf(claimed, worker)
  const deadline = deadlineOf(sentAt, claimed.leaseMs)
  await writeJson(files.deadline, deadline)
  await writeJson(files.spec, spec)
  const run = newRun(spec, files, deadline, NO_USAGE, uptimeMs())
  run.child = startShim(worker, run)
  return run
}

export function runsDirectory(home: string): string {
  return join(home, 'runs')
}

function specOf(claimed: ClaimedRun, { config }: Worker): RunSpec {
  const { runId, jobId, epoch, attempt, command, shell, env, workingDirectory, timeoutSeconds, gpuUuids } = claimed
  return {
    runId,
    jobId,
    epoch,
    attempt,
    command,
    shell,
    environment: commandEnvironment(config.inherited, env, claimed),
    workingDirectory,
    timeoutSeconds,
    gpuUuids,
    graceMs: config.TERMINATION_GRACE_SECONDS * 1_000,
    logLimitBytes: config.LOG_LIMIT_MB * 2 ** 20,
  }
}

/** The shim is in a session of its own and holds none of our files, so that it outlives us. */
function startShim({ config, log }: Worker, { files, spec }: Run): Run['child'] {
  const faults = openSync(files.faults, 'a', 0o600)
  try {
    const child = spawn(process.execPath, [SHIM, files.directory], {
      detached: true,
      stdio: ['ignore', 'ignore', faults],
      // Not our environment, which a command could read from its parent. The cache halves the time to start.
      env: { ...config.inherited, NODE_COMPILE_CACHE: join(config.WORKER_HOME, 'compile-cache') },
      cwd: config.WORKER_HOME,
    })
    child.on('error', (error) => log.error({ err: error, runId: spec.runId }, 'the shim of a run could not be started'))
    child.unref()
    return child
  } finally {
    closeSync(faults)
  }
}
