// What a selection makes of a value, worked out once and then done at every event: for values that are in every respect
// as the schema says. What becomes of any other value, such as a null where there may be none, is not decided here.
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { collectSubfields } from 'graphql/execution/collectFields.js'

/** What is selected of a value, or undefined where the value is not as the schema says. */
export type Projection = (value: unknown) => unknown

interface Selecting {
  schema: GraphQLSchema
  fragments: Record<string, FragmentDefinitionNode>
  /** Coerced. */
  variables: Readonly<Record<string, unknown>>
  /** What the values call a field: what the schema calls it, or what the selection does. */
  keys: 'field names' | 'response names'
}

/** What these nodes, all of one field, make of its value; undefined where that depends on more than the schema. */
export function projectionOf(
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
  selecting: Selecting,
): Projection | undefined {
  if (isNonNullType(type)) {
    const project = projectionOf(type.ofType, nodes, selecting)
    return project && ((value) => project(value) ?? undefined)
  }
  if (isListType(type)) {
    const project = projectionOf(type.ofType, nodes, selecting)
    return project && ((value) => projectList(value, project))
  }
  if (isLeafType(type)) {
    const isRight = CHECKS[type.name] ?? checkOf(type)
    return (value) => (isRight(value) ? value : (value ?? null) === null ? null : undefined)
  }
  return isObjectType(type) ? objectProjection(type, nodes, selecting) : undefined
}

function projectList(value: unknown, project: Projection): unknown {
  if (value === null || value === undefined) return null
  if (!Array.isArray(value)) return undefined
  const list: unknown[] = []
  for (const item of value) {
    const projected = project(item)
    if (projected === undefined) return undefined
    list.push(projected)
  }
  return list
}

/** The built-in scalars. What is right by these is right for Apollo's executor, too, and stays as it is. */
const CHECKS: Readonly<Record<string, (value: unknown) => boolean>> = {
  ID: (value) => typeof value === 'string',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31,
  Float: (value) => Number.isFinite(value),
}

function checkOf(type: GraphQLLeafType): (value: unknown) => boolean {
  if (!isEnumType(type)) return (value) => typeof value !== 'function' && (value ?? null) !== null
  const names = new Set(type.getValues().map(({ name }) => name))
  return (value) => typeof value === 'string' && names.has(value)
}

interface Selected {
  responseName: string
  key: string
  project: Projection
}

function objectProjection(
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  selecting: Selecting,
): Projection | undefined {
  const fields = selectedFields(type, nodes, selecting)
  if (!fields) return undefined
  return (value) => {
    if (value === null || value === undefined) return null
    if (!isRecord(value) || (value.__typename ?? type.name) !== type.name) return undefined
    const selected: Record<string, unknown> = {}
    for (const { responseName, key, project } of fields) {
      const projected = project(value[key])
      if (projected === undefined) return undefined
      selected[responseName] = projected
    }
    return selected
  }
}

function selectedFields(
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  selecting: Selecting,
): Selected[] | undefined {
  const { schema, fragments, variables, keys } = selecting
  const selected: Selected[] = []
  for (const [responseName, of] of collectSubfields(schema, fragments, variables, type, nodes)) {
    const name = of[0]?.name.value
    // The one name that is no property like another.
    if (name === undefined || responseName === '__proto__') return undefined
    const definition = type.getFields()[name]
    const project = name === '__typename' ? () => type.name : definition && projectionOf(definition.type, of, selecting)
    if (!project) return undefined
    selected.push({ responseName, key: keys === 'field names' ? name : responseName, project })
  }
  return selected
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
