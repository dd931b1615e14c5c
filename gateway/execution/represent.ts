// What a service needs to know of a thing to say more of it: its type, and the fields of a key.
import { getResponseName, type QueryPlanSelectionNode } from '@apollo/query-planner'
import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql'
import { type Data, isData, mergeInto } from './answer-data.ts'

/** What is selected of the thing; null where something of it is not there. */
export function representationOf(
  thing: unknown,
  selections: readonly QueryPlanSelectionNode[],
  schema: GraphQLSchema,
): Data | null {
  if (!isData(thing)) return null
  const found: Data = {}
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      const { typeCondition } = selection
      if (!typeCondition || !isOfType(thing.__typename, typeCondition, schema)) continue
      mergeInto(found, representationOf(thing, selection.selections, schema))
      continue
    }
    const name = getResponseName(selection)
    const value = thing[name]
    if (value === undefined) return null
    const { selections: inside } = selection
    const select = (each: unknown) => (inside ? representationOf(each, inside, schema) : each)
    found[name] = Array.isArray(value) ? value.map(select) : select(value)
  }
  return found
}

function isOfType(typename: unknown, condition: string, schema: GraphQLSchema): boolean {
  if (typename === condition) return true
  const type = typeof typename === 'string' ? schema.getType(typename) : undefined
  const wanted = schema.getType(condition)
  if (!wanted || !isAbstractType(wanted)) return false
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type)
}
