// One text for all documents that ask for the same: whoever wrote them, and whatever their client added.
import { createHash } from 'node:crypto'
import { type DefinitionNode, type DocumentNode, type FieldNode, Kind, print, type SelectionNode, visit } from 'graphql'

/** The hash under which a document is known, in hexadecimal. */
export function documentId(document: DocumentNode): string {
  return createHash('sha256').update(canonicalText(document)).digest('hex')
}

/** Without comments and the `__typename`s that caches add, fragments in the order of their names. */
function canonicalText(document: DocumentNode): string {
  const bare = visit(document, {
    SelectionSet: (node) => {
      const selections = node.selections.filter((selection) => !isTypeName(selection))
      return selections.length > 0 ? { ...node, selections } : undefined
    },
  })
  return print({ ...bare, definitions: bare.definitions.toSorted((a, b) => compare(keyOf(a), keyOf(b))) })
}

/** The same document with `__typename` in every selection but an operation's own: caches need it, and others pass it over. */
export function withTypeNames(document: DocumentNode): DocumentNode {
  return visit(document, {
    SelectionSet: (node, _key, parent) => {
      const isRoot =
        parent !== undefined && !Array.isArray(parent) && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION
      if (isRoot || node.selections.some(isTypeName)) return undefined
      return { ...node, selections: [...node.selections, TYPE_NAME] }
    },
  })
}

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }

function isTypeName(selection: SelectionNode): boolean {
  return selection.kind === Kind.FIELD && selection.name.value === '__typename' && selection.alias === undefined
}

/** Operations come first. */
function keyOf(definition: DefinitionNode): string {
  const name = 'name' in definition ? (definition.name?.value ?? '') : ''
  return `${definition.kind === Kind.OPERATION_DEFINITION ? 0 : 1} ${name}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
