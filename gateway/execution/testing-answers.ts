// Services that answer at random, and not always as they should: the same question gives the same answer.
import {
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql'
import type { Answer } from '../subgraphs/subgraph-answer.ts'
import { createDice, type Dice } from './testing-operations.ts'

interface Question {
  query?: string
  variables?: Readonly<Record<string, unknown>>
}

/** How often something is wrong: once in so many. */
interface Faults {
  /** A value that is none of its type, or null where there may be none. */
  value: number
  /** An answer with errors in it. */
  errors: number
  /** No answer at all. */
  throws: number
}

/** A service that answers for any part of the schema. @throws Error at times, as `faults` says */
export function createRandomService(schema: GraphQLSchema, seed: number, faults: Faults) {
  return (question: Question): Answer => {
    const { query = '', variables = {} } = question
    const dice = createDice(hashOf(query + JSON.stringify(variables)) ^ seed)
    if (dice(faults.throws) === 0) throw new Error('It does not answer.')
    const [operation] = parse(query).definitions
    if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('There is no operation.')
    const data: Record<string, unknown> = {}
    fill(data, schema.getRootType(operation.operation) ?? undefined, operation.selectionSet, variables)
    if (dice(faults.errors) > 0) return { data }
    return { data: dice(3) === 0 ? null : data, errors: makeErrors(data, dice) }

    function fill(
      target: Record<string, unknown>,
      type: GraphQLNamedType | undefined,
      { selections }: SelectionSetNode,
      given: Readonly<Record<string, unknown>>,
    ): void {
      for (const selection of selections) {
        if (selection.kind === Kind.FRAGMENT_SPREAD) continue
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          const condition = selection.typeCondition?.name.value
          if (!condition || condition === target.__typename || target.__typename === undefined) {
            fill(target, condition ? schema.getType(condition) : type, selection.selectionSet, given)
          }
          continue
        }
        const { name, alias, selectionSet } = selection
        const key = alias?.value ?? name.value
        const known = target[key]
        if (name.value === '_entities') target[key] = entities(given.representations, selectionSet)
        else if (name.value === '__typename') target[key] = type?.name
        else if (known === undefined && isObjectType(type)) {
          target[key] = value(type.getFields()[name.value]?.type, selectionSet)
        }
      }
    }

    function entities(representations: unknown, selectionSet: SelectionSetNode | undefined): unknown[] {
      if (!Array.isArray(representations)) return []
      return representations.map((representation: { __typename: string }) => {
        const entity: Record<string, unknown> = { __typename: representation.__typename }
        if (selectionSet) fill(entity, schema.getType(representation.__typename), selectionSet, {})
        return dice(faults.value) === 0 ? null : entity
      })
    }

    function value(type: GraphQLOutputType | undefined, selectionSet: SelectionSetNode | undefined): unknown {
      if (!type) return null
      if (dice(faults.value) === 0) return [null, 7.5, 'wrong', true][dice(4)]
      if (isNonNullType(type)) return value(type.ofType, selectionSet)
      if (dice(8) === 0) return null
      if (isListType(type)) return Array.from({ length: dice(4) }, () => value(type.ofType, selectionSet))
      const named = getNamedType(type)
      if (!selectionSet) return leaf(named)
      const made: Record<string, unknown> = {}
      fill(made, named, selectionSet, {})
      return made
    }

    function leaf(type: GraphQLNamedType): unknown {
      if (isEnumType(type)) return type.getValues()[dice(type.getValues().length)]?.name
      if (type.name === 'Boolean') return dice(2) === 0
      return type.name === 'Int' || type.name === 'Float' ? dice(100) : `v${dice(100)}`
    }
  }
}

function makeErrors(data: Record<string, unknown>, dice: Dice): NonNullable<Answer['errors']> {
  const [first = 'x'] = Object.keys(data)
  const path = [undefined, [first], [first, dice(3), 'name'], [first, 'name']][dice(4)]
  const code = [undefined, 'FORBIDDEN', 'INVALID_GRAPHQL'][dice(3)]
  return [{ message: dice(5) === 0 ? '' : 'no', ...(path && { path }), ...(code && { extensions: { code } }) }]
}

function hashOf(text: string): number {
  let hash = 0
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0
  return hash
}
