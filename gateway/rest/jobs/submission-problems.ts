// From the paths of the graph's problems with a submission back to REST's.
import type { Problem } from '@constellation/platform/errors.ts'
import { isSpecification, type Submission } from './submission.ts'

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

/** The same of a batch: `inputs.1.env.A` becomes `jobs.1.params.env.A`. */
export function toBatchProblems(submissions: readonly Submission[], problems: readonly Problem[]): Problem[] {
  return problems.flatMap((problem) => {
    const [, position, ...rest] = problem.path.split('.')
    const submission = submissions[Number(position)]
    if (position === undefined || !submission) return [{ ...problem, path: 'jobs' }]
    return toSubmissionProblems(submission, [{ ...problem, path: rest.join('.') }]).map(({ path, message }) => ({
      path: path === '' ? `jobs.${position}` : `jobs.${position}.${path}`,
      message,
    }))
  })
}

/** Fields that stand at the top in REST too. All others are in `params`. */
const OUTSIDE_PARAMS: ReadonlySet<string> = new Set([
  '',
  'name',
  'priority',
  'account',
  'ref',
  'dependsOn',
  'after',
  'array',
  'startAt',
])

/** Fields inside of which names are those of the submitter. */
const OWN_NAMES: ReadonlySet<string> = new Set(['env', 'workerLabels'])

function toSubmissionPath({ params }: Submission, path: string): string {
  const [field = '', ...rest] = path.split('.')
  if (OUTSIDE_PARAMS.has(field)) return snakePath(path)
  if (field === 'arguments') return ['params', ...rest].join('.')
  if (field === 'gpus' && isSpecification(params) && typeof params.gpus === 'number') return 'params.gpus'
  if (field === 'command' && isSpecification(params) && typeof params.command === 'string') return 'params.command'
  if (OWN_NAMES.has(field)) return ['params', snakeCase(field), ...rest].join('.')
  return `params.${snakePath(path)}`
}

function snakePath(path: string): string {
  return path.split('.').map(snakeCase).join('.')
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
