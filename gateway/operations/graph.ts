// The graph from inside: what REST, the sockets and the sources of events call.
import type { ApolloServer } from '@apollo/server'
import { ConstellationError, isErrorCode } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { ErrorFormat } from '@constellation/platform/subgraph/format-error.ts'
import type { GraphQLError, GraphQLFormattedError } from 'graphql'
import type { Subscribe } from '../live/subscribe.ts'
import type { GraphContext } from '../subgraphs/subgraph.ts'

/** A document whose result is R and whose variables are V, as graphql-codegen makes them. A plain string is one of unknown types. */
interface TypedDocumentString<R, V> {
  toString(): string
  __apiType?: (variables: V) => R
}

/** `extensions.code` of an error is an `ErrorCode`, or INTERNAL_SERVER_ERROR. */
export interface GraphAnswer<R> {
  data?: R | null
  errors?: readonly GraphQLFormattedError[]
  /** Of a subscription's result: `cursor` is what to subscribe again with, as `after`. */
  extensions?: Readonly<Record<string, unknown>>
}

type Variables = Record<string, unknown>

export interface Graph {
  /** Answers a query or a mutation as this principal. */
  execute<R, V extends Variables>(
    document: TypedDocumentString<R, V>,
    variables: V,
    who: Principal,
    /** Which operation of the document, where it has several. */
    operationName?: string | null,
  ): Promise<GraphAnswer<R>>
  /**
   * Answers a subscription as this principal. An error that ends it comes as the last answer, without data.
   * @throws ConstellationError where it is refused
   */
  subscribe<R, V extends Variables>(
    document: TypedDocumentString<R, V>,
    variables: V,
    who: Principal,
  ): Promise<AsyncIterableIterator<GraphAnswer<R>>>
}

export type Execute = Graph['execute']

/** Queries and mutations without HTTP: for REST, for the sockets, and where the gateway asks by itself. */
export function createExecute(server: ApolloServer<GraphContext>, way: Omit<GraphContext, 'principal'>): Execute {
  return async <R, V extends Variables>(
    document: TypedDocumentString<R, V>,
    variables: V,
    who: Principal,
    operationName?: string | null,
  ) => {
    const request = { query: document.toString(), variables, ...(operationName && { operationName }) }
    const { body } = await server.executeOperation<R, V>(request, { contextValue: { principal: who, ...way } })
    if (body.kind !== 'single') throw new Error('The graph answers in one piece.')
    return body.singleResult
  }
}

/** Data alone. @throws ConstellationError for the first error in the answer */
export async function ask(execute: Execute, query: string, variables: Variables, who: Principal): Promise<unknown> {
  const { data, errors } = await execute<unknown, Variables>(query, variables, who)
  if (errors?.[0]) throw toError(errors[0])
  return data
}

export function createGraph(execute: Execute, subscribe: Subscribe, errorFormat: ErrorFormat): Graph {
  return {
    execute,
    async subscribe<R, V extends Variables>(document: TypedDocumentString<R, V>, variables: V, who: Principal) {
      const opened = await subscribe({ query: document.toString(), variables }, who)
      if ('errors' in opened) throw refusal(opened.errors, errorFormat)
      // The document was checked against the schema that R was generated from.
      return opened.results as AsyncIterableIterator<GraphAnswer<R>>
    },
  }
}

function refusal([first]: readonly GraphQLError[], errorFormat: ErrorFormat): Error {
  if (!first) return new Error('A subscription was refused without a reason.')
  return toError(errorFormat.formatAny(first))
}

function toError({ message, extensions }: GraphQLFormattedError): Error {
  return isErrorCode(extensions?.code) ? new ConstellationError(extensions.code, message) : new Error(message)
}
