// Operations that were found to be in order, by their text: what is asked again is not read, checked and planned again.
import { type BoundedMap, boundedMap } from '@constellation/platform/bounded-map.ts'
import { REMEMBERED_DOCUMENTS } from '@constellation/platform/subgraph/counted-cache.ts'
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import type { CompiledOperation } from '../execution/compile-operation.ts'

export interface KnownOperation {
  document: DocumentNode
  operation: OperationDefinitionNode
  compiled: CompiledOperation
}

export interface KnownOperations {
  find(schema: GraphQLSchema, text: string, operationName: string | undefined): KnownOperation | undefined
  /** Remembers an operation that Apollo Server has found to be valid in this schema. */
  note(schema: GraphQLSchema, text: string, operationName: string | undefined, known: KnownOperation): void
}

/** Remembers the documents that were used last. */
export function createKnownOperations(): KnownOperations {
  const schemas = new WeakMap<GraphQLSchema, BoundedMap<string, Map<string, KnownOperation>>>()

  function ofSchema(schema: GraphQLSchema): BoundedMap<string, Map<string, KnownOperation>> {
    const documents = schemas.get(schema) ?? boundedMap<string, Map<string, KnownOperation>>(REMEMBERED_DOCUMENTS)
    schemas.set(schema, documents)
    return documents
  }

  return {
    find: (schema, text, operationName = '') => schemas.get(schema)?.get(text)?.get(operationName),
    note(schema, text, operationName = '', known) {
      const documents = ofSchema(schema)
      // The names are those of operations in the document, or none.
      const ofText = documents.get(text) ?? new Map<string, KnownOperation>()
      ofText.set(operationName, known)
      documents.set(text, ofText)
    },
  }
}
