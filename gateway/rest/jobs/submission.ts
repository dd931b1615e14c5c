// From REST's submission to the graph's input.
import { invalidInput, type Problem } from '@constellation/platform/errors.ts'
import type { ArrayInput, ContainerInput, GpuRequestInput, SubmitJobInput } from '../generated/documents.ts'
import type { Shape } from '../operations.ts'

export type Submission = Shape['JobSubmission']

/**
 * The job that is asked for: a command, or a template by its name and arguments.
 * @throws ConstellationError BAD_USER_INPUT where it is neither
 */
export function toSubmitJobInput(submission: Submission): SubmitJobInput {
  const result = readSubmission(submission)
  if ('problems' in result) throw invalidInput(result.problems)
  return result.input
}

/** The same for each of a batch; paths of problems begin such as `jobs.0.params`. */
export function toSubmitJobInputs({ jobs }: Shape['JobBatch']): SubmitJobInput[] {
  const read = jobs.map(readSubmission)
  const problems = read.flatMap((one, i) =>
    'problems' in one ? one.problems.map(({ path, message }) => ({ path: `jobs.${i}.${path}`, message })) : [],
  )
  if (problems.length > 0) throw invalidInput(problems)
  return read.flatMap((one) => ('input' in one ? [one.input] : []))
}

/** True where `params` is a specification, and not the arguments of a template. */
export function isSpecification(params: Submission['params']): params is Shape['Specification'] {
  return Object.hasOwn(params, 'command')
}

function readSubmission(submission: Submission): { input: SubmitJobInput } | { problems: Problem[] } {
  const { name, params } = submission
  if (isSpecification(params)) {
    if (typeof params.command === 'string' && !params.shell) {
      const message = 'must be an array of strings, or one line with "shell": true'
      return { problems: [{ path: 'params.command', message }] }
    }
    return { input: { ...toCommonInput(submission), ...toSpecificationInput(params) } }
  }
  if (name === undefined) {
    const message = 'is missing: give the program and its arguments, or name a template'
    return { problems: [{ path: 'params.command', message }] }
  }
  return { input: { ...toCommonInput(submission), template: name, arguments: mapValues(params, String) } }
}

/** What may be said of a template too. */
function toCommonInput({ name, priority, account, ...more }: Submission): SubmitJobInput {
  return {
    name: name ?? null,
    priority: priority ?? null,
    account: account ?? null,
    ref: more.ref ?? null,
    dependsOn: more.depends_on ?? null,
    after: more.after ?? null,
    array: more.array ? toArrayInput(more.array) : null,
    startAt: more.start_at ?? null,
  }
}

function toSpecificationInput(params: Shape['Specification']): SubmitJobInput {
  const { retry, limits } = params
  return {
    command: [params.command].flat(),
    shell: params.shell ?? false,
    gpus: toGpuRequestInput(params.gpus),
    env: params.env ?? null,
    workingDirectory: params.working_directory ?? null,
    timeoutSeconds: params.timeout_seconds ?? null,
    maxIdleSeconds: params.max_idle_seconds ?? null,
    maxRetries: params.max_retries ?? null,
    retry: retry
      ? {
          exitCodes: retry.exit_codes ?? null,
          backoffSeconds: retry.backoff_seconds ?? null,
          maxBackoffSeconds: retry.max_backoff_seconds ?? null,
        }
      : null,
    preemptible: params.preemptible ?? null,
    warning: params.warning ? { signal: params.warning.signal ?? null, seconds: params.warning.seconds } : null,
    workerLabels: params.worker_labels ?? null,
    container: params.container ? toContainerInput(params.container) : null,
    limits: limits ? { memoryMb: limits.memory_mb ?? null, cpus: limits.cpus ?? null } : null,
    secrets: params.secrets ?? null,
  }
}

function toGpuRequestInput(gpus: Shape['GpuRequest'] | undefined): GpuRequestInput | null {
  if (gpus === undefined) return null
  if (typeof gpus === 'number') return { count: gpus }
  return {
    count: gpus.count ?? null,
    minMemoryMb: gpus.min_memory_mb ?? null,
    model: gpus.model ?? null,
    minComputeCapability: gpus.min_compute_capability ?? null,
  }
}

function toArrayInput({ count, sweep, max_parallel }: Shape['Array']): ArrayInput {
  return { count: count ?? null, sweep: sweep ?? null, maxParallel: max_parallel ?? null }
}

function toContainerInput({ image, mounts }: Shape['Container']): ContainerInput {
  return {
    image,
    mounts: mounts?.map(({ source, target, read_only }) => ({ source, target, readOnly: read_only ?? null })) ?? null,
  }
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
