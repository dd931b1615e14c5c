// An operation that came over a socket or a stream, read and checked before it runs.

import type { Principal } from '@constellation/platform/identity.ts'
import type { ErrorFormat } from '@constellation/platform/subgraph/format-error.ts'
import { doFor } from '@constellation/platform/tracing/trace.ts'
import {
  type DocumentNode,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql'
import type { Documents } from '../limits/documents.ts'
import { textOfOperation } from '../limits/find-document.ts'
import type { Subscribe } from '../live/subscribe.ts'
import type { Execute } from './graph.ts'
import type { ReadDocument } from './read-document.ts'

export interface OperationRequest {
  /** Empty or left out where the document is named by its hash, in `extensions` or as `documentId`. */
  query?: string | undefined
  extensions?: Readonly<Record<string, unknown>> | null | undefined
  documentId?: string | undefined
  variables?: Readonly<Record<string, unknown>> | null | undefined
  operationName?: string | null | undefined
}

/** A subscription is open already, so that a refusal is an error and not a result; it must be read or returned. */
export type Prepared =
  | { errors: readonly GraphQLFormattedError[] }
  | {
      document: DocumentNode
      schema: GraphQLSchema
      kind: 'query' | 'mutation'
      /** `gone` is aborted when nobody waits for it any more. */
      answer: (gone: AbortSignal) => Promise<FormattedExecutionResult>
    }
  | {
      document: DocumentNode
      schema: GraphQLSchema
      kind: 'subscription'
      results: AsyncIterableIterator<FormattedExecutionResult>
    }

/** `kinds` are those that may run. */
export type Prepare = (
  request: OperationRequest,
  who: Principal,
  kinds?: readonly Exclude<Prepared, { errors: unknown }>['kind'][],
) => Promise<Prepared>

interface PrepareOptions {
  schema: () => GraphQLSchema
  documents: Documents
  readDocument: ReadDocument
  execute: Execute
  subscribe: Subscribe
  errorFormat: ErrorFormat
}

type Data = Record<string, unknown>

/** Makes what prepares operations. */
export function createPrepare(options: PrepareOptions): Prepare {
  const { schema, documents, readDocument, execute, subscribe, errorFormat } = options
  return async (request, who, kinds = ['query', 'mutation', 'subscription']) => {
    const { variables, operationName } = request
    const query = textOfOperation(request, documents)
    if (query instanceof GraphQLError) return { errors: [errorFormat.formatAny(query)] }
    const present = schema()
    const read = readDocument(query, present)
    if ('errors' in read) return { errors: read.errors.map(errorFormat.formatAny) }
    const { document } = read
    const kind = getOperationAST(document, operationName)?.operation
    if (!kind) return refusal('OPERATION_RESOLUTION_FAILURE', 'The document has no such operation.')
    if (!kinds.includes(kind)) return refusal('BAD_REQUEST', `A ${kind} is not answered in this way.`)
    if (kind !== 'subscription') {
      const answer = async (gone: AbortSignal) =>
        await doFor({ gone }, () => execute<Data, Data>(query, { ...variables }, who, operationName))
      return { document, schema: present, kind, answer }
    }
    const opened = await subscribe({ query, variables, operationName }, who)
    if ('errors' in opened) return { errors: opened.errors.map(errorFormat.formatAny) }
    return { document, schema: present, kind, results: opened.results }
  }
}

export function refusal(code: string, message: string): { errors: readonly GraphQLFormattedError[] } {
  return { errors: [{ message, extensions: { code } }] }
}
