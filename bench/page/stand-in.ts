// A graph that answers everything: what is not given is stood in for by its type.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { repositoryRoot } from '@constellation/local/repository.ts'
import {
  buildSchema,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isListType,
  isNonNullType,
  isScalarType,
  parse,
} from 'graphql'
import * as v from 'valibot'

export interface StandIn {
  schema: GraphQLSchema
  /** The answer to a document, given these values of the fields of its root. */
  answer(document: DocumentNode, variables: Record<string, unknown>, root: object): Promise<ExecutionResult>
  /** The document of the page that is known by this hash. */
  byHash(hash: string): DocumentNode | undefined
}

/** The schema as the page knows it, and its documents. */
export async function openStandIn(): Promise<StandIn> {
  const generated = (file: string) => readFile(path.join(repositoryRoot, 'schema', 'generated', file), 'utf8')
  const schema = buildSchema(await generated('api.graphql'))
  const texts = v.parse(v.record(v.string(), v.string()), JSON.parse(await generated('documents.json')))
  const parsed = new Map<string, DocumentNode>()
  return {
    schema,
    answer: async (document, variableValues, rootValue) =>
      execute({ schema, document, variableValues, rootValue, fieldResolver }),
    byHash(hash) {
      const text = texts[hash]
      if (text === undefined) return undefined
      const document = parsed.get(hash) ?? parse(text)
      parsed.set(hash, document)
      return document
    },
  }
}

const fieldResolver: GraphQLFieldResolver<unknown, unknown> = (source, args, _context, info) => {
  const value: unknown = typeof source === 'object' && source !== null ? Reflect.get(source, info.fieldName) : undefined
  if (typeof value === 'function') return value(args)
  return value === undefined ? standInFor(info.returnType) : value
}

const SCALARS: Readonly<Record<string, unknown>> = {
  Boolean: false,
  DateTime: '2026-01-31T12:00:00.000Z',
  Float: 0,
  ID: 'id',
  Int: 0,
  String: '',
  StringMap: {},
}

/** Null where that may be, except for a connection: lists are shown empty rather than as failed. */
function standInFor(type: GraphQLOutputType): unknown {
  if (isNonNullType(type)) return standInFor(type.ofType) ?? leastOf(type.ofType)
  if (isListType(type)) return []
  return /Connection$/.test(type.toString()) ? {} : null
}

function leastOf(type: GraphQLOutputType): unknown {
  if (isEnumType(type)) return type.getValues()[0]?.value
  return isScalarType(type) ? SCALARS[type.name] : {}
}
