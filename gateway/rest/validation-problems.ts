// What ajv found, in words for people and with paths such as `params.command.0`.
import type { Problem } from '@constellation/platform/errors.ts'
import type { ErrorObject } from 'ajv'

const MAX_PROBLEMS = 20
const MAX_NAME_CHARACTERS = 100
/** How the contract says that text has no NUL character, which PostgreSQL cannot store. */
const NO_NUL = '^[^\\u0000]*$'

/** One problem for each field that is wrong, at most 20. */
export function problemsFrom(errors: readonly ErrorObject[]): Problem[] {
  const problems = new Map<string, Problem>()
  for (const error of chooseAlternatives(errors)) {
    const path = pathOf(error)
    if (!problems.has(path)) problems.set(path, { path, message: messageOf(error) })
    if (problems.size === MAX_PROBLEMS) break
  }
  return [...problems.values()]
}

/**
 * Where a value fits none of several alternatives (`anyOf`), ajv tells what is wrong with it as each
 * of them. Only one was meant: the one whose type and required fields are there.
 */
function chooseAlternatives(errors: readonly ErrorObject[]): ErrorObject[] {
  const kept = new Set(errors)
  const alternatives = errors.filter((error) => error.keyword === 'anyOf')
  // From the outside in, as an alternative that was not meant takes those inside it along.
  for (const anyOf of alternatives.toSorted((a, b) => a.schemaPath.length - b.schemaPath.length)) {
    if (!kept.has(anyOf)) continue
    const inside = [...kept].filter((error) => error !== anyOf && isInside(error, anyOf))
    const notMeant = inside.filter((error) => error.instancePath === anyOf.instancePath && rulesOut(error))
    const ruledOut = new Set(notMeant.map((error) => branchOf(error, anyOf)))
    const meant = inside.filter((error) => !ruledOut.has(branchOf(error, anyOf)))
    for (const error of inside) kept.delete(error)
    if (meant.length === 0) {
      anyOf.message = typesOf(notMeant)
      continue
    }
    kept.delete(anyOf)
    for (const error of meant) kept.add(error)
    // With values of other types, perhaps the field that is missing was forgotten.
    if (!meant.some(({ keyword }) => keyword === 'type')) continue
    for (const error of notMeant) if (error.keyword === 'required') kept.add(error)
  }
  return [...kept].filter((error) => error.keyword !== 'propertyNames')
}

function isInside(error: ErrorObject, anyOf: ErrorObject): boolean {
  const { instancePath } = anyOf
  const sameValue = error.instancePath === instancePath || error.instancePath.startsWith(`${instancePath}/`)
  return sameValue && error.schemaPath.startsWith(`${anyOf.schemaPath}/`)
}

function branchOf(error: ErrorObject, anyOf: ErrorObject): string | undefined {
  return error.schemaPath.slice(anyOf.schemaPath.length + 1).split('/')[0]
}

function rulesOut({ keyword }: ErrorObject): boolean {
  return keyword === 'type' || keyword === 'required' || keyword === 'not'
}

function typesOf(errors: readonly ErrorObject[]): string {
  const types = errors.filter(({ keyword }) => keyword === 'type').map(({ params }) => String(params.type))
  return `must be ${[...new Set(types)].join(' or ')}`
}

function pathOf({ instancePath, keyword, params, propertyName }: ErrorObject): string {
  const names = instancePath
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (propertyName !== undefined) names.push(propertyName)
  if (keyword === 'additionalProperties') names.push(String(params.additionalProperty))
  if (keyword === 'required') names.push(String(params.missingProperty))
  return names.map((name) => name.slice(0, MAX_NAME_CHARACTERS)).join('.')
}

function messageOf({ keyword, params, message = 'is wrong' }: ErrorObject): string {
  switch (keyword) {
    case 'additionalProperties':
      return 'is not known here'
    case 'required':
      return 'is missing'
    case 'enum':
      return `must be one of ${[params.allowedValues].flat().join(', ')}`
    case 'pattern':
      return params.pattern === NO_NUL ? 'must not hold a NUL character' : `must match ${params.pattern}`
    case 'format':
      return params.format === 'uuid' ? 'must be a UUID' : 'must be a time such as 2026-01-31T12:00:00Z'
    case 'type':
      return `must be ${[params.type].flat().join(' or ')}`
    default:
      return message.replaceAll('NOT', 'not')
  }
}
