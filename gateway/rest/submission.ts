// From REST's submission to the graph's input, and from the paths of the graph's problems back again.
import { invalidInput, type Problem } from '@constellation/platform/errors.ts'
import type { GpuRequestInput, SubmitJobInput } from './generated/documents.ts'
import type { Shape } from './operations.ts'

type Submission = Shape['JobSubmission']

/**
 * The job that is asked for: a command, or a template by its name and arguments.
 * @throws ConstellationError BAD_USER_INPUT where it is neither
 */
export function toSubmitJobInput({ name, params, priority, account }: Submission): SubmitJobInput {
  const common = { name: name ?? null, priority: priority ?? null, account: account ?? null }
  if (isSpecification(params)) return { ...common, ...toSpecificationInput(params) }
  if (name === undefined) {
    throw invalidInput([
      { path: 'params.command', message: 'is missing: give the program and its arguments, or name a template' },
    ])
  }
  return { ...common, template: name, arguments: mapValues(params, String) }
}

/**
 * What is wrong with a submission, by REST's paths. A template that does not exist may as well be a
 * job's name, with the command forgotten.
 */
export function toSubmissionProblems(submission: Submission, problems: readonly Problem[]): Problem[] {
  return problems.flatMap(({ path, message }) => {
    if (path !== 'template') return [{ path: toSubmissionPath(submission, path), message }]
    const forgotten = { path: 'params.command', message: 'is missing, and the name is not that of a template' }
    return [{ path: 'name', message: `is taken for a template's, as params has no command: ${message}` }, forgotten]
  })
}

function isSpecification(params: Submission['params']): params is Shape['Specification'] {
  return Object.hasOwn(params, 'command')
}

function toSpecificationInput(params: Shape['Specification']): SubmitJobInput {
  const { command, shell = false } = params
  if (typeof command === 'string' && !shell) {
    throw invalidInput([
      { path: 'params.command', message: 'must be an array of strings, or one line with "shell": true' },
    ])
  }
  return {
    command: [command].flat(),
    shell,
    gpus: toGpuRequestInput(params.gpus),
    env: params.env ?? null,
    workingDirectory: params.working_directory ?? null,
    timeoutSeconds: params.timeout_seconds ?? null,
    maxRetries: params.max_retries ?? null,
  }
}

function toGpuRequestInput(gpus: Shape['GpuRequest'] | undefined): GpuRequestInput | null {
  if (gpus === undefined) return null
  if (typeof gpus === 'number') return { count: gpus }
  return { count: gpus.count ?? null, minMemoryMb: gpus.min_memory_mb ?? null, model: gpus.model ?? null }
}

/** Fields that stand at the top in REST too. All others are in `params`. */
const OUTSIDE_PARAMS: ReadonlySet<string> = new Set(['', 'name', 'priority', 'account'])

function toSubmissionPath({ params }: Submission, path: string): string {
  const [field = '', ...rest] = path.split('.')
  if (OUTSIDE_PARAMS.has(field)) return path
  if (field === 'arguments') return ['params', ...rest].join('.')
  if (field === 'gpus')
    return isSpecification(params) && typeof params.gpus === 'number' ? 'params.gpus' : snakePath(path)
  if (field === 'command' && isSpecification(params) && typeof params.command === 'string') return 'params.command'
  // What follows is a variable's name or a number, which stays as it is.
  return ['params', snakeCase(field), ...rest].join('.')
}

function snakePath(path: string): string {
  return `params.${path.split('.').map(snakeCase).join('.')}`
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
