// Reads and checks a document that came over a socket, as Apollo Server does for HTTP.
import { ApolloServerErrorCode } from '@apollo/server/errors'
import { boundedMap } from '@constellation/platform/bounded-map.ts'
import { ConstellationError } from '@constellation/platform/errors.ts'
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  parse,
  SingleFieldSubscriptionsRule,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql'
import type { Documents } from '../limits/documents.ts'
import { PARSE_OPTIONS, validationRules } from './document-rules.ts'

type Read = { document: DocumentNode } | { errors: readonly GraphQLError[] }

const REMEMBERED = 200
const MAX_ERRORS = 20

// The rule that a subscription selects one field throws on a condition at its root, whose variables it
// does not know. It is held where they are known, when the subscription is planned.
const GRAPHQL_RULES = specifiedRules.filter((rule) => rule !== SingleFieldSubscriptionsRule)

export type ReadDocument = (query: string, schema: GraphQLSchema) => Read

interface ReadOptions {
  introspection: boolean
  documents: Documents
}

/** Makes a reader that remembers the documents that were in order, for each schema. */
export function createReadDocument({ introspection, documents }: ReadOptions): ReadDocument {
  const rules = [...GRAPHQL_RULES, ...validationRules({ introspection })]
  const schemas = new WeakMap<GraphQLSchema, ReturnType<typeof boundedMap<string, DocumentNode>>>()
  return (query, schema) => {
    const remembered = schemas.get(schema) ?? boundedMap<string, DocumentNode>(REMEMBERED)
    schemas.set(schema, remembered)
    const known = remembered.get(query)
    if (known) return { document: known }
    const refused = documents.check(query)
    if (refused) return { errors: [refused] }
    const read = readNew(query, schema, rules)
    if ('document' in read) remembered.set(query, read.document)
    return read
  }
}

function readNew(query: string, schema: GraphQLSchema, rules: readonly ValidationRule[]): Read {
  let document: DocumentNode
  try {
    document = parse(query, PARSE_OPTIONS)
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return { errors: [withCode(error, ApolloServerErrorCode.GRAPHQL_PARSE_FAILED)] }
  }
  const errors = validate(schema, document, rules, { maxErrors: MAX_ERRORS })
  if (errors.length === 0) return { document }
  return { errors: errors.map(withOwnCode) }
}

/** A wrong value of one of the graph's own scalars brings its code with it. */
function withOwnCode(error: GraphQLError): GraphQLError {
  if (error.originalError instanceof ConstellationError) return error
  return withCode(error, ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED)
}

/** The same error with a code, as Apollo Server would give it. */
export function withCode({ message, nodes, source, positions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions: { code },
  })
}
