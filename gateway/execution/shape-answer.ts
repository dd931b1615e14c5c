// Makes the answer to an operation of what the services gave: only what was selected, in its order, with a null where
// the schema allows one and further up where it does not. The rules are those of Apollo's executor, word for word.
import {
  assert,
  type CompositeType,
  ERRORS,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  isValidLeafValue,
  type Schema,
  type Type,
} from '@apollo/federation-internals'
import type { GraphQLError } from 'graphql'
import type { Condition, FieldStep, Step } from './compile-shape.ts'

type Data = Record<string, unknown>

interface Shaping {
  schema: Schema
  /** With the defaults of the operation. */
  variables: Readonly<Data>
  errors: GraphQLError[]
  path: (string | number)[]
}

interface Shaped {
  value: unknown
  /** True where the null has to go further up. */
  isInvalid?: boolean
  hasErrors?: boolean
}

/** The answer, and what was wrong with what the services gave. @throws Error for what has another form than its type */
export function shapeAnswer(
  steps: readonly Step[],
  given: Data,
  root: CompositeType,
  schema: Schema,
  variables: Readonly<Data>,
): { data: Data | null; errors: GraphQLError[] } {
  const shaping: Shaping = { schema, variables, errors: [], path: [] }
  const data: Data = {}
  const isWhole = apply(steps, given, data, root, shaping)
  return { data: isWhole ? data : null, errors: shaping.errors }
}

/** Puts what the steps select into `output`. False where there is a null that the object cannot have. */
function apply(steps: readonly Step[], input: Data, output: Data, parent: CompositeType, shaping: Shaping): boolean {
  for (const step of steps) {
    if (!holds(step.conditions, shaping.variables)) continue
    if (step.kind === 'field') {
      if (!putField(step, input, output, parent, shaping)) return false
    } else if (step.kind === 'typename') {
      if (!putTypename(step.name, input, output, parent, shaping.schema)) return false
    } else {
      const typename = input.__typename || undefined
      assert(typename === undefined || typeof typename === 'string', () => `Unexpected __typename: ${typename}`)
      if (!step.appliesTo(typename, parent)) continue
      if (!apply(step.inside, input, output, step.typeCondition ?? parent, shaping)) return false
    }
  }
  return true
}

/** Whether what has these conditions counts. @throws Error where a variable is neither true nor false */
export function holds(conditions: readonly Condition[], variables: Readonly<Data>): boolean {
  for (const { variable, value } of conditions) {
    const given = variables[variable]
    assert(typeof given === 'boolean', () => `Unexpected value ${given} for variable $${variable}`)
    if (given !== value) return false
  }
  return true
}

function putField(step: FieldStep, input: Data, output: Data, parent: CompositeType, shaping: Shaping): boolean {
  const { name, isLeaf } = step
  const given = input[name] ?? null
  const present = output[name]
  // Most fields are plain values that are what they should be.
  if (isLeaf && present === undefined && (given === null ? step.isNullable : isLeaf(given))) {
    output[name] = given
    return true
  }
  shaping.path.push(name)
  const { value, isInvalid } = shape(step.type, given, present, step.inside, parent, shaping)
  shaping.path.pop()
  output[name] = value
  return !isInvalid
}

function putTypename(name: string, input: Data, output: Data, parent: CompositeType, schema: Schema): boolean {
  if (output[name] !== undefined) return true
  const given = input[name] ?? input.__typename
  const type = typeof given === 'string' ? (schema.type(given) ?? parent) : parent
  if (!isObjectType(type)) return false
  output[name] = type.name
  return true
}

function shape(
  type: Type,
  given: unknown,
  present: unknown,
  inside: readonly Step[] | undefined,
  parent: CompositeType,
  shaping: Shaping,
): Shaped {
  if (present === null || (present !== undefined && !inside)) return { value: present }
  if (isNonNullType(type)) {
    const { value, hasErrors } = shape(type.ofType, given, present, inside, parent, shaping)
    if (value !== null) return { value }
    if (!hasErrors) report(`Cannot return null for non-nullable ${placeOf(type.ofType, parent, shaping)}.`, shaping)
    return { value, isInvalid: true, hasErrors: true }
  }
  if (given === null || given === undefined) return { value: null }
  if (isListType(type)) return shapeList(type.ofType, given, present, inside, parent, shaping)
  if (isCompositeType(type)) return shapeObject(type, given, present, inside, parent, shaping)
  assert(type.kind !== 'InputObjectType', () => `The input ${type} is selected.`)
  const isValid = isValidLeafValue(shaping.schema, given, type)
  if (!isValid) report(`Invalid value found for ${placeOf(type, parent, shaping)}.`, shaping)
  return { value: isValid ? given : null, hasErrors: !isValid }
}

function shapeList(
  type: Type,
  given: unknown,
  present: unknown,
  inside: readonly Step[] | undefined,
  parent: CompositeType,
  shaping: Shaping,
): Shaped {
  assert(Array.isArray(given), () => `Invalid non-list value ${given} returned by subgraph for a list of ${type}`)
  assert(present === undefined || Array.isArray(present), 'A list must be one each time.')
  assert(!present || present.length === given.length, 'A list must be as long each time.')
  let isInvalid = false
  let hasErrors = false
  const value = Array.from(given, (element: unknown, i) => {
    shaping.path.push(i)
    const shaped = shape(type, element, present?.[i], inside, parent, shaping)
    shaping.path.pop()
    isInvalid ||= shaped.isInvalid === true
    hasErrors ||= shaped.hasErrors === true
    return shaped.value
  })
  return { value: isInvalid ? null : value, hasErrors }
}

function shapeObject(
  type: CompositeType,
  given: unknown,
  present: unknown,
  inside: readonly Step[] | undefined,
  parent: CompositeType,
  shaping: Shaping,
): Shaped {
  assert(inside, () => `Invalid empty selection set for composite type ${type}`)
  assert(isData(given), () => `Invalid non-object value ${given} returned by subgraph for composite type ${type}`)
  assert(present === undefined || isData(present), 'An object must be one each time.')
  const typename = given.__typename
  assert(typename === undefined || typeof typename === 'string', () => `Invalid __typename at ${shaping.path}`)
  const own = typename ? shaping.schema.type(typename) : type
  if (!own || !isCompositeType(own)) {
    report(`Invalid __typename found for object at ${placeOf(type, parent, shaping)}.`, shaping)
    return { value: null, hasErrors: true }
  }
  const output = present ?? {}
  return apply(inside, given, output, own, shaping) ? { value: output } : { value: null, hasErrors: true }
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null
}

function report(message: string, { errors, path }: Shaping): void {
  errors.push(ERRORS.INVALID_GRAPHQL.err(message, { path: [...path] }))
}

function placeOf(type: Type, parent: CompositeType, { path }: Shaping): string {
  const last = path.at(-1)
  return typeof last === 'string' ? `field ${parent}.${last}` : `array element of type ${type} at index ${last}`
}
