// From an answer of the graph to its data, or to the error that REST answers.
import { ConstellationError, isErrorCode, type Problem } from '@constellation/platform/errors.ts'
import type { GraphAnswer } from '../operations/graph.ts'

/**
 * The data of an answer. Parts of it may be null where another service does not answer, but not the
 * whole: then it is the error that counts. `pathOf` turns the path of a graph's argument into that of REST's field.
 * @throws ConstellationError for what the graph refuses; Error where it failed
 */
export function dataOf<R extends object>(
  { data, errors }: GraphAnswer<R>,
  pathOf: (path: string) => string = parameterOf,
): R {
  const [error] = errors ?? []
  if (data && (!error || Object.values(data).every((field) => !isHollow(field)))) return data
  if (!error) throw new Error('The graph answered nothing.')
  const { code, problems, retryAfterSeconds: retryAfter } = error.extensions ?? {}
  if (!isErrorCode(code)) throw new Error(`The graph answered: ${error.message}`)
  const retryAfterSeconds = typeof retryAfter === 'number' ? retryAfter : undefined
  throw new ConstellationError(code, error.message, { problems: problemsIn(problems, pathOf), retryAfterSeconds })
}

/**
 * Null, or a payload that has neither what was asked for nor a problem: what was asked for could not be read after the
 * change, and only the error says so.
 */
function isHollow(field: unknown): boolean {
  if (typeof field !== 'object' || field === null) return field === null
  if (!('problems' in field) || !Array.isArray(field.problems) || field.problems.length > 0) return false
  return Object.entries(field).every(([name, value]) => name === 'problems' || value === null)
}

/** A field that is null only together with an error, which `dataOf` has thrown. */
export function present<Value>(field: Value | null): Value {
  if (field === null) throw new Error('The graph left a field out without an error.')
  return field
}

/** Arguments of the graph's queries that are called otherwise in REST. */
const PARAMETERS: Readonly<Record<string, string>> = {
  after: 'cursor',
  createdBefore: 'created_before',
  createdFrom: 'created_from',
  first: 'limit',
  gpuModel: 'gpu_model',
  idempotencyKey: 'Idempotency-Key',
  orderBy: 'order',
  states: 'state',
  submittedBy: 'submitted_by',
  workerId: 'worker',
}

/** The parameter that an argument such as `filter.submittedBy` comes from. */
function parameterOf(path: string): string {
  const [name = ''] = path.split('.').filter((part) => !['filter', 'search', 'range'].includes(part))
  return PARAMETERS[name] ?? name
}

function problemsIn(problems: unknown, pathOf: (path: string) => string): Problem[] {
  if (!Array.isArray(problems)) return []
  return problems.filter(isProblem).map(({ path, message }) => ({ path: pathOf(path), message }))
}

function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null || !('path' in value) || !('message' in value)) return false
  return typeof value.path === 'string' && typeof value.message === 'string'
}
