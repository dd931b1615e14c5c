// Fields of one type that require the same field of another service with different arguments. They compose, but the
// planner asks for one of the two and gives it to both: one of the answers is wrong, and nobody is told.
import { type ConstDirectiveNode, type DocumentNode, Kind, parse, print, type SelectionSetNode } from 'graphql'

export interface SubgraphText {
  name: string
  typeDefs: DocumentNode
}

/** One field in a `@requires`. */
interface Required {
  /** What requires it, such as `Product.shippingEstimate in stock`. */
  by: string
  /** As it is written there, such as `price(currency: "EUR")`. */
  text: string
}

/** A sentence for each pair that conflicts. Fragments are read as if each type were meant. */
export function findRequiresConflicts(subgraphs: readonly SubgraphText[]): string[] {
  const first = new Map<string, Required>()
  const conflicts: string[] = []
  for (const { type, path, ...required } of subgraphs.flatMap(requiredFields)) {
    const key = `${type}.${path}`
    const earlier = first.get(key)
    if (!earlier) first.set(key, required)
    else if (earlier.text !== required.text) {
      conflicts.push(
        `${required.by} requires ${required.text}, and ${earlier.by} requires ${earlier.text}: ` +
          'the planner would fetch one of them for both. Give the values fields of their own.',
      )
    }
  }
  return conflicts
}

type RequiredField = Required & { type: string; path: string }

function requiredFields({ name, typeDefs }: SubgraphText): RequiredField[] {
  return typeDefs.definitions.flatMap((definition) => {
    if (!('fields' in definition) || !definition.name) return []
    const type = definition.name.value
    return (definition.fields ?? []).flatMap((field) =>
      requiresOf(field).flatMap((fields) =>
        fieldsIn(fields, '').map((found) => ({ ...found, type, by: `${type}.${field.name.value} in ${name}` })),
      ),
    )
  })
}

function requiresOf({ directives = [] }: { readonly directives?: readonly ConstDirectiveNode[] }): SelectionSetNode[] {
  return directives
    .filter(({ name }) => name.value === 'requires')
    .flatMap(({ arguments: given = [] }) => given)
    .flatMap(({ name, value }) => (name.value === 'fields' && value.kind === Kind.STRING ? [value.value] : []))
    .flatMap((fields) => parse(`{ ${fields} }`).definitions)
    .flatMap((read) => (read.kind === Kind.OPERATION_DEFINITION ? [read.selectionSet] : []))
}

/** Each with its path from the type on, such as `category.averagePrice`. */
function fieldsIn({ selections }: SelectionSetNode, above: string): { path: string; text: string }[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return []
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsIn(selection.selectionSet, above)
    const path = above + selection.name.value
    const given = (selection.arguments ?? []).map((one) => print(one)).toSorted()
    const text = given.length > 0 ? `${path}(${given.join(', ')})` : path
    return [{ path, text }, ...(selection.selectionSet ? fieldsIn(selection.selectionSet, `${path}.`) : [])]
  })
}
