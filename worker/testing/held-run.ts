// A run for tests that holds GPUs and is followed by nobody.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type RunSpec, runFiles } from '../shim/files.ts'
import { NO_USAGE } from '../telemetry/usage.ts'
import { newRun, type Run } from '../worker.ts'

export async function heldRun(home: string, runId: string, change: Partial<RunSpec>): Promise<Run> {
  const files = runFiles(join(home, runId))
  await mkdir(files.directory)
  const spec: RunSpec = {
    runId,
    jobId: 'job',
    epoch: 1,
    attempt: 1,
    command: ['true'],
    shell: false,
    environment: {},
    secrets: [],
    workingDirectory: null,
    timeoutSeconds: null,
    idleLimit: null,
    gpuUuids: [],
    warning: null,
    takesUp: false,
    container: null,
    docker: null,
    kubernetes: null,
    limits: { memoryMb: null, cpus: null },
    trace: null,
    requireLimits: false,
    user: null,
    scratch: files.scratch,
    graceMs: 10_000,
    logLimitBytes: 1,
    ...change,
  }
  return newRun(spec, files, { warnAt: 0, killAt: 0 }, NO_USAGE, 0)
}
