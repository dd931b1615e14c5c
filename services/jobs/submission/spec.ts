// What a job may ask for: every field of the input is bounded here, before anything is stored.
import type { Problem } from '@constellation/platform/errors.ts'
import { readInstant } from '@constellation/platform/instants.ts'
import * as v from 'valibot'
import type { JobParams } from '../entities.ts'
import type { SubmitJobInput } from '../generated/resolvers.ts'
import {
  ARGUMENT_BYTES,
  type ArraySpec,
  array,
  container,
  gpuRequest,
  jobsNamed,
  labels,
  limits,
  ref,
  retryRules,
  secretNames,
  TOTAL_BYTES,
  text,
  variableName,
  warning,
  whole,
} from './spec-fields.ts'

/** A job that may be stored, but for what can only be known together with others. */
export interface JobSpec {
  name: string
  params: JobParams
  priority: number
  /** `minComputeCapability` is major times 100, plus minor; 0 for any. */
  gpus: { count: number; minMemoryMb: number; model: string; minComputeCapability: number }
  timeoutSeconds: number | null
  maxRetries: number
  preemptible: boolean
  startAt: string | null
  array: ArraySpec | null
  ref: string | null
  /** By id, or by `ref` within the batch. */
  dependsOn: readonly string[]
  after: readonly string[]
}

const YEAR_SECONDS = 31_536_000
const DAY_SECONDS = 86_400

export const command = v.pipe(
  v.array(text(ARGUMENT_BYTES)),
  v.minLength(1, 'must name a program'),
  v.maxLength(4096, 'must have at most 4096 arguments'),
  v.check((argv) => argv[0] !== '', 'must name a program'),
  v.check((argv) => totalBytes(argv) <= TOTAL_BYTES, `must have at most ${TOTAL_BYTES} bytes in all`),
)

const environment = v.pipe(
  v.record(variableName, text(ARGUMENT_BYTES)),
  v.check((env) => Object.keys(env).length <= 1000, 'must have at most 1000 variables'),
  v.check(
    (env) => totalBytes(Object.entries(env).flat()) <= TOTAL_BYTES,
    `must have at most ${TOTAL_BYTES} bytes in all`,
  ),
)

export const jobName = v.pipe(text(200), v.trim(), v.minLength(1, 'must not be empty'))
export const priority = whole(-1000, 1000)

const submission = v.pipe(
  v.object({
    name: v.nullish(jobName),
    command: v.nullish(command),
    shell: v.nullish(v.boolean(), false),
    gpus: v.nullish(gpuRequest, { count: 0 }),
    env: v.nullish(environment, {}),
    workingDirectory: v.nullish(v.pipe(text(4096), v.startsWith('/', 'must be an absolute path'))),
    priority: v.nullish(priority, 0),
    timeoutSeconds: v.nullish(whole(1, 10 * YEAR_SECONDS)),
    maxIdleSeconds: v.nullish(whole(60, 30 * DAY_SECONDS)),
    maxRetries: v.nullish(whole(0, 100), 0),
    retry: v.nullish(retryRules),
    array: v.nullish(array, null),
    ref: v.nullish(ref, null),
    dependsOn: v.nullish(jobsNamed, []),
    after: v.nullish(jobsNamed, []),
    startAt: v.nullish(
      v.pipe(
        v.string(),
        v.check((value) => readInstant(value) !== null, 'must be an instant such as 2026-01-31T12:00:00.000Z'),
      ),
      null,
    ),
    preemptible: v.nullish(v.boolean(), false),
    warning: v.nullish(warning),
    workerLabels: v.nullish(labels, {}),
    container: v.nullish(container),
    limits: v.nullish(limits),
    secrets: v.nullish(secretNames, []),
  }),
  v.forward(
    v.partialCheck(
      [['command']],
      ({ command }) => command != null,
      'is missing: give the program and its arguments, or a template',
    ),
    ['command'],
  ),
  v.forward(
    v.partialCheck(
      [['command'], ['shell']],
      (job) => !job.shell || job.command?.length === 1,
      'must be one line when a shell runs it',
    ),
    ['command'],
  ),
  v.forward(
    v.partialCheck(
      [['timeoutSeconds'], ['warning']],
      (job) => job.timeoutSeconds == null || job.warning == null || job.warning.seconds < job.timeoutSeconds,
      'must be less than timeoutSeconds',
    ),
    ['warning', 'seconds'],
  ),
  v.forward(
    v.partialCheck(
      [['maxIdleSeconds'], ['gpus']],
      (job) => job.maxIdleSeconds == null || job.gpus.count > 0,
      'is only for jobs with GPUs',
    ),
    ['maxIdleSeconds'],
  ),
  v.forward(
    v.partialCheck(
      [['env'], ['secrets']],
      (job) => job.secrets.every((name) => !Object.hasOwn(job.env, name)),
      'must not name what env gives too',
    ),
    ['secrets'],
  ),
)

/** The job that the input asks for, or everything that is wrong with it. */
export function checkSpec(input: SubmitJobInput): { spec: JobSpec } | { problems: Problem[] } {
  const result = v.safeParse(submission, input)
  if (!result.success) return { problems: problemsOf(result.issues) }
  const { name, command, timeoutSeconds, ...job } = result.output
  const argv = command ?? []
  return {
    spec: {
      name: name ?? nameFrom(argv),
      params: paramsOf(argv, job),
      priority: job.priority,
      gpus: job.gpus,
      timeoutSeconds: timeoutSeconds ?? null,
      maxRetries: job.maxRetries,
      preemptible: job.preemptible,
      startAt: job.startAt,
      array: job.array,
      ref: job.ref,
      dependsOn: job.dependsOn,
      after: job.after,
    },
  }
}

/** What is stored as it is. What was not asked for is left out, so that a row stays small. */
function paramsOf(command: string[], job: Omit<v.InferOutput<typeof submission>, 'command'>): JobParams {
  const { retry, warning, container, limits, secrets, workerLabels, maxIdleSeconds } = job
  return {
    command,
    shell: job.shell,
    env: job.env,
    workingDirectory: job.workingDirectory ?? null,
    ...(retry && { retry }),
    ...(warning && { warning }),
    ...(container && { container }),
    ...(limits && { limits }),
    ...(secrets.length > 0 && { secrets }),
    ...(Object.keys(workerLabels).length > 0 && { workerLabels }),
    ...(maxIdleSeconds != null && { maxIdleSeconds }),
  }
}

/** Valibot's issues as problems, with the paths of the input's fields. */
export function problemsOf(issues: readonly v.BaseIssue<unknown>[]): Problem[] {
  return issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message }))
}

/** A name for a job that was given none: its command, shortened. */
function nameFrom(argv: readonly string[]): string {
  const line = argv.join(' ').replace(/\s+/g, ' ').trim()
  const [program = 'job'] = argv
  const text = line === '' ? program : line
  return text.length <= 60 ? text : `${[...text].slice(0, 59).join('')}…`
}

function totalBytes(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + Buffer.byteLength(part) + 1, 0)
}
