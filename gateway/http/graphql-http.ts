// GraphQL over HTTP at /graphql.
import { type ApolloServer, HeaderMap } from '@apollo/server'
import { ConstellationError, httpStatus } from '@constellation/platform/errors.ts'
import type { ErrorFormat } from '@constellation/platform/subgraph/format-error.ts'
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import type { GraphQLFormattedError } from 'graphql'
import type { Documents } from '../limits/documents.ts'
import { findDocument } from '../limits/find-document.ts'
import type { AnswerKnown } from '../operations/answer-known.ts'
import type { GraphContext } from '../subgraphs/subgraph.ts'
import { measureOperation, type OperationLabel } from './measure-requests.ts'

interface GraphqlOptions {
  server: ApolloServer<GraphContext>
  known: AnswerKnown
  documents: Documents
  errorFormat: ErrorFormat
  /** What a request counts as. */
  labelOf: OperationLabel
}

/** Serves queries and mutations. Subscriptions come over a socket at the same path. */
export function serveGraphql(app: FastifyInstance, options: GraphqlOptions): void {
  const { server, known, documents, errorFormat, labelOf } = options
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    errorHandler: (error: FastifyError, _request, reply) => {
      const { status, formatted } = describe(error, errorFormat)
      if (status === 401) reply.header('www-authenticate', 'Bearer')
      return reply.code(status).send({ errors: [formatted] })
    },
    handler: async (request, reply) => {
      const began = performance.now()
      const found = findDocument(request, documents)
      if (found.refused) {
        const status = found.refused.extensions.code === 'FORBIDDEN' ? 403 : 400
        return reply.code(status).send({ errors: [errorFormat.formatAny(found.refused)] })
      }
      const body = found.body ?? request.body
      const { method, headers, principal } = request
      const quick = await known.answer({ method, headers, body, principal })
      if (quick) {
        measureOperation(labelOf(quick.operation, undefined), began, quick.status)
        return reply.code(quick.status).headers(quick.headers).send(quick.text)
      }
      const answer = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method,
          headers: headersOf(request),
          search: found.search ?? searchOf(request.url),
          body,
        },
        context: async () => ({ principal }),
      })
      if (answer.body.kind !== 'complete') throw new Error('The graph answers in one piece.')
      const isWell = answer.status === undefined || answer.status === 200
      measureOperation(labelOfBody(body, labelOf), began, answer.status ?? 200)
      if (isWell) known.noteType(headers.accept, answer.headers.get('content-type'))
      return reply
        .code(answer.status ?? 200)
        .headers(Object.fromEntries(answer.headers))
        .send(answer.body.string)
    },
  })
}

function labelOfBody(body: unknown, labelOf: OperationLabel): string {
  const { operationName, query } = Object(body)
  return labelOf(
    typeof operationName === 'string' ? operationName : undefined,
    typeof query === 'string' ? query : undefined,
  )
}

/** What stopped a request before it reached the graph: nobody is signed in, or a fault that Fastify found. */
function describe(
  error: FastifyError | ConstellationError,
  errorFormat: ErrorFormat,
): { status: number; formatted: GraphQLFormattedError } {
  if (error instanceof ConstellationError)
    return { status: httpStatus(error.code), formatted: errorFormat.formatAny(error) }
  const status = error.statusCode ?? 500
  if (status >= 500) return { status, formatted: errorFormat.formatAny(error) }
  return { status, formatted: { message: error.message, extensions: { code: 'BAD_REQUEST' } } }
}

function headersOf(request: FastifyRequest): HeaderMap {
  const headers = new HeaderMap()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return headers
}

/** `?…` of a path, or nothing. (`new URL` would throw on some of what strangers send.) */
function searchOf(url: string): string {
  const start = url.indexOf('?')
  return start === -1 ? '' : url.slice(start)
}
