// What a job may ask for: every field of the input is bounded here, before anything is stored.
import type { Problem } from '@constellation/platform/errors.ts'
import * as v from 'valibot'
import type { JobParams } from './entities.ts'
import type { SubmitJobInput } from './generated/resolvers.ts'

/** A job that may be stored. */
export interface JobSpec {
  name: string
  params: JobParams
  priority: number
  gpus: { count: number; minMemoryMb: number; model: string }
  timeoutSeconds: number | null
  maxRetries: number
}

/** Linux takes no more than this for one argument. */
const ARGUMENT_BYTES = 131_072
/** And we no more than this for all of them, or for the environment. */
const TOTAL_BYTES = 262_144
const YEAR_SECONDS = 31_536_000

/** Text that PostgreSQL can store and a process can be given. */
const text = (most: number) =>
  v.pipe(
    v.string(),
    v.maxBytes(most, `must have at most ${most} bytes`),
    v.check((value) => !value.includes('\0'), 'must not hold a NUL character'),
    v.check((value) => value.isWellFormed(), 'must be whole Unicode characters'),
  )

export const whole = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message))
}

export const gpuRequest = v.object({
  count: v.nullish(whole(0, 64), 1),
  minMemoryMb: v.nullish(whole(0, 100_000_000), 0),
  model: v.nullish(text(200), ''),
})

export const command = v.pipe(
  v.array(text(ARGUMENT_BYTES)),
  v.minLength(1, 'must name a program'),
  v.maxLength(4096, 'must have at most 4096 arguments'),
  v.check((argv) => argv[0] !== '', 'must name a program'),
  v.check((argv) => totalBytes(argv) <= TOTAL_BYTES, `must have at most ${TOTAL_BYTES} bytes in all`),
)

const environment = v.pipe(
  v.record(
    v.pipe(v.string(), v.regex(/^[A-Za-z_][A-Za-z0-9_]{0,199}$/, 'is not a name of an environment variable')),
    text(ARGUMENT_BYTES),
  ),
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
    maxRetries: v.nullish(whole(0, 100), 0),
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
)

/** The job that the input asks for, or everything that is wrong with it. */
export function checkSpec(input: SubmitJobInput): { spec: JobSpec } | { problems: Problem[] } {
  const result = v.safeParse(submission, input)
  if (!result.success) return { problems: problemsOf(result.issues) }
  const job = result.output
  const argv = job.command ?? []
  return {
    spec: {
      name: job.name ?? nameFrom(argv),
      params: { command: argv, shell: job.shell, env: job.env, workingDirectory: job.workingDirectory ?? null },
      priority: job.priority,
      gpus: job.gpus,
      timeoutSeconds: job.timeoutSeconds ?? null,
      maxRetries: job.maxRetries,
    },
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
