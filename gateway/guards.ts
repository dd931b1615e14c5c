// How large an operation may be, over HTTP and over a socket alike.
import {
  type ASTVisitor,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'

/** Words and signs in one document; the largest that the page sends has some 400. */
export const PARSE_OPTIONS = { maxTokens: 2_000 }

/** Introspection tools nest types about this deep; people nest less. */
const MAX_DEPTH = 15

/** Rules beside GraphQL's own. */
export const VALIDATION_RULES: ValidationRule[] = [depthLimit]

/** An operation nests its fields no deeper than MAX_DEPTH; questions about the schema do not count. */
function depthLimit(context: ValidationContext): ASTVisitor {
  // Fragments that are being measured count as 0: another rule refuses those that hold themselves.
  const fragments = new Map<string, number>()

  function depthOf(selections: SelectionSetNode): number {
    return selections.selections.reduce((deepest, selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return Math.max(deepest, depthOfFragment(selection.name.value))
      if (selection.kind === Kind.INLINE_FRAGMENT) return Math.max(deepest, depthOf(selection.selectionSet))
      if (selection.name.value.startsWith('__')) return deepest
      return Math.max(deepest, 1 + (selection.selectionSet ? depthOf(selection.selectionSet) : 0))
    }, 0)
  }

  // Each fragment is measured once: measuring at each spread would take time exponential in their number.
  function depthOfFragment(name: string): number {
    const known = fragments.get(name)
    if (known !== undefined) return known
    fragments.set(name, 0)
    const fragment = context.getFragment(name)
    const depth = fragment ? depthOf(fragment.selectionSet) : 0
    fragments.set(name, depth)
    return depth
  }

  return {
    OperationDefinition(operation) {
      const depth = depthOf(operation.selectionSet)
      if (depth <= MAX_DEPTH) return
      context.reportError(
        new GraphQLError(`Fields are nested ${depth} deep; at most ${MAX_DEPTH} are answered.`, { nodes: operation }),
      )
    },
  }
}
