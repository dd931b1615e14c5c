// Rules on how an operation selects, beside GraphQL's own. Each finds its answer in time linear in the document.
import {
  type ASTVisitor,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql'

/** The most of each that is answered. The page, REST and workers need a third of it at most. */
export const SELECTION_LIMITS = {
  /** Fields within fields. Introspection tools nest types about this deep; people nest less. */
  depth: 15,
  /** Names that a document gives to fields. */
  aliases: 60,
  /** Directives in a document. */
  directives: 60,
  /** Fields of Query or Mutation, each of which is a question of its own to a service. */
  rootFields: 30,
} as const

export const SELECTION_RULES: readonly ValidationRule[] = [depthLimit, aliasLimit, directiveLimit, rootFieldLimit]

/** An operation nests its fields no deeper than the limit; questions about the schema do not count. */
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
      if (depth <= SELECTION_LIMITS.depth) return
      const message = `Fields are nested ${depth} deep; at most ${SELECTION_LIMITS.depth} are answered.`
      context.reportError(new GraphQLError(message, { nodes: operation }))
    },
  }
}

function aliasLimit(context: ValidationContext): ASTVisitor {
  return countLimit(context, 'aliases', (count) => ({ Field: ({ alias }) => void (alias && count()) }))
}

function directiveLimit(context: ValidationContext): ASTVisitor {
  return countLimit(context, 'directives', (count) => ({ Directive: () => count() }))
}

/** Refuses a document in which `visitor` counts more than the limit. */
function countLimit(
  context: ValidationContext,
  what: 'aliases' | 'directives',
  visitor: (count: () => void) => ASTVisitor,
): ASTVisitor {
  let found = 0
  const limit = SELECTION_LIMITS[what]
  return {
    ...visitor(() => {
      found += 1
    }),
    Document: {
      leave() {
        if (found <= limit) return
        context.reportError(new GraphQLError(`The document has ${found} ${what}; at most ${limit} are answered.`))
      },
    },
  }
}

function rootFieldLimit(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      const count = countRootFields(context, operation)
      if (count <= SELECTION_LIMITS.rootFields) return
      const message = `The ${operation.operation} has ${count} fields; at most ${SELECTION_LIMITS.rootFields} are answered.`
      context.reportError(new GraphQLError(message, { nodes: operation }))
    },
  }
}

/** How many answers there are at the root: the same name twice is one. */
function countRootFields(context: ValidationContext, { selectionSet }: OperationDefinitionNode): number {
  const names = new Set<string>()
  const spread = new Set<string>()
  function collect({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.alias?.value ?? selection.name.value)
      else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet)
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value)
        const fragment = context.getFragment(selection.name.value)
        if (fragment) collect(fragment.selectionSet)
      }
    }
  }
  collect(selectionSet)
  return names.size
}
