// What a job was asked to be, from the graph's shape to REST's.
import type { RestJobFragment } from '../generated/documents.ts'
import type { Shape } from '../operations.ts'

/** In the form in which it can be submitted again; what was not asked for is left out. */
export function toSpecification(job: RestJobFragment): Shape['StoredSpecification'] {
  return {
    command: job.command,
    ...(job.shell && { shell: true }),
    gpus: toGpuRequest(job.gpus),
    ...(hasAny(job.env) && { env: job.env }),
    ...(job.workingDirectory !== null && { working_directory: job.workingDirectory }),
    ...(job.timeoutSeconds !== null && { timeout_seconds: job.timeoutSeconds }),
    ...(job.maxIdleSeconds !== null && { max_idle_seconds: job.maxIdleSeconds }),
    ...(job.maxRetries > 0 && { max_retries: job.maxRetries }),
    ...toRetry(job.retry),
    ...(job.preemptible && { preemptible: true }),
    ...(job.warning && { warning: job.warning }),
    ...(hasAny(job.workerLabels) && { worker_labels: job.workerLabels }),
    ...(job.container && { container: toContainer(job.container) }),
    ...toLimits(job.limits),
    ...(job.secrets.length > 0 && { secrets: job.secrets }),
  }
}

/** A number, or what kind of GPUs where that was asked for. */
function toGpuRequest({
  count,
  minMemoryMb,
  model,
  minComputeCapability,
}: RestJobFragment['gpus']): Shape['GpuRequest'] {
  if (!minMemoryMb && !model && !minComputeCapability) return count
  return {
    count,
    ...(minMemoryMb && { min_memory_mb: minMemoryMb }),
    ...(model && { model }),
    ...(minComputeCapability && { min_compute_capability: minComputeCapability }),
  }
}

/** Without exit codes and pauses there are no rules. */
function toRetry({
  exitCodes,
  backoffSeconds,
  maxBackoffSeconds,
}: RestJobFragment['retry']): Pick<Shape['StoredSpecification'], 'retry'> {
  if (!exitCodes && backoffSeconds === 0) return {}
  return {
    retry: {
      ...(exitCodes && { exit_codes: exitCodes }),
      backoff_seconds: backoffSeconds,
      max_backoff_seconds: maxBackoffSeconds,
    },
  }
}

function toContainer({ image, mounts }: NonNullable<RestJobFragment['container']>): Shape['Container'] {
  if (mounts.length === 0) return { image }
  return {
    image,
    mounts: mounts.map(({ source, target, readOnly }) => ({ source, target, read_only: readOnly })),
  }
}

function toLimits({ memoryMb, cpus }: RestJobFragment['limits']): Pick<Shape['StoredSpecification'], 'limits'> {
  if (memoryMb === null && cpus === null) return {}
  return { limits: { ...(memoryMb !== null && { memory_mb: memoryMb }), ...(cpus !== null && { cpus }) } }
}

function hasAny(record: object): boolean {
  return Object.keys(record).length > 0
}
