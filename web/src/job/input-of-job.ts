// From a job back to the input that makes another one like it.
import type { JobDetailsFragment, RelatedFragment, SubmitJobInput } from '../generated/documents.ts'

/**
 * All that differs from what an input without it would give, as of `now` (milliseconds since 1970). A job of an array
 * gives itself alone, and a job of a template the command that this made.
 */
export function inputOfJob(job: JobDetailsFragment, now: number): SubmitJobInput {
  const input: SubmitJobInput = {
    name: job.name,
    command: job.command,
    shell: job.shell || undefined,
    gpus: gpusOf(job),
    env: filled(job.env),
    workingDirectory: job.workingDirectory ?? undefined,
    account: job.account,
    priority: job.priority || undefined,
    timeoutSeconds: job.timeoutSeconds ?? undefined,
    maxIdleSeconds: job.maxIdleSeconds ?? undefined,
    maxRetries: job.maxRetries || undefined,
    retry: retryOf(job),
    dependsOn: openIdsOf(job.dependsOn),
    after: openIdsOf(job.after),
    startAt: job.startAt !== null && Date.parse(job.startAt) > now ? job.startAt : undefined,
    preemptible: job.preemptible || undefined,
    warning: job.warning ? { signal: job.warning.signal, seconds: job.warning.seconds } : undefined,
    workerLabels: filled(job.workerLabels),
    container: containerOf(job),
    limits: limitsOf(job),
    secrets: job.secrets.length > 0 ? job.secrets : undefined,
  }
  return withoutHoles(input)
}

function gpusOf({ gpus }: JobDetailsFragment): SubmitJobInput['gpus'] {
  return withoutHoles({
    count: gpus.count,
    minMemoryMb: gpus.minMemoryMb ?? undefined,
    model: gpus.model ?? undefined,
    minComputeCapability: gpus.minComputeCapability ?? undefined,
  })
}

/** What a job has that said nothing of retrying. */
const LONGEST_BACKOFF_SECONDS = 3_600

function retryOf({ retry }: JobDetailsFragment): SubmitJobInput['retry'] {
  const { exitCodes, backoffSeconds, maxBackoffSeconds } = retry
  const isUsual = maxBackoffSeconds === Math.max(LONGEST_BACKOFF_SECONDS, backoffSeconds)
  if (exitCodes === null && backoffSeconds === 0 && isUsual) return undefined
  return withoutHoles({
    exitCodes: exitCodes ?? undefined,
    backoffSeconds: backoffSeconds || undefined,
    maxBackoffSeconds: isUsual ? undefined : maxBackoffSeconds,
  })
}

function containerOf({ container }: JobDetailsFragment): SubmitJobInput['container'] {
  if (!container) return undefined
  const mounts = container.mounts.map(({ source, target, readOnly }) =>
    withoutHoles({ source, target, readOnly: readOnly || undefined }),
  )
  return withoutHoles({ image: container.image, mounts: mounts.length > 0 ? mounts : undefined })
}

function limitsOf({ limits }: JobDetailsFragment): SubmitJobInput['limits'] {
  if (limits.memoryMb === null && limits.cpus === null) return undefined
  return withoutHoles({ memoryMb: limits.memoryMb ?? undefined, cpus: limits.cpus ?? undefined })
}

/** One that has ended is waited for no more; one that has failed would cancel the new job at once. */
function openIdsOf(jobs: readonly RelatedFragment[]): string[] | undefined {
  const open = jobs.filter(({ state }) => state === 'QUEUED' || state === 'RUNNING')
  return open.length > 0 ? open.map(({ id }) => id) : undefined
}

function filled(values: Record<string, string>): Record<string, string> | undefined {
  return Object.keys(values).length > 0 ? values : undefined
}

/** Without the properties that are undefined, so that what is written of it has none either. */
function withoutHoles<Whole extends object>(whole: Whole): Whole {
  const kept = { ...whole }
  for (const name of Object.keys(kept)) if (Reflect.get(kept, name) === undefined) Reflect.deleteProperty(kept, name)
  return kept
}
