// What a client is told of an error. A text that was not written for clients stays inside, under an id.
import { randomUUID } from 'node:crypto'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { ConstellationError, isErrorCode } from '../errors.ts'
import type { Logger } from '../log.ts'
import { errorsTold } from '../metrics/metrics.ts'

/** Codes for requests that are wrong in themselves. From a subgraph they would be our own fault. */
const REQUEST_FAULTS = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
])

export interface ErrorFormat {
  /** Apollo Server's `formatError`. */
  format(formatted: GraphQLFormattedError, raw: unknown): GraphQLFormattedError
  /** The same for an error that Apollo Server has not seen. */
  formatAny(error: unknown): GraphQLFormattedError
}

export function createErrorFormat(log: Logger): ErrorFormat {
  const toClient: ErrorFormat['format'] = (formatted, raw) => {
    const { message, extensions = {} } = formatted
    const place = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    }
    const error = raw instanceof GraphQLError ? (raw.originalError ?? raw) : raw
    if (error instanceof ConstellationError) {
      return { message: error.message, ...place, extensions: ownExtensions(error) }
    }
    const { code, problems, retryAfterSeconds, serviceName } = extensions
    const service = typeof serviceName === 'string' ? { serviceName } : {}
    if (isErrorCode(code)) {
      return { message, ...place, extensions: { ...ownExtensions({ code, problems, retryAfterSeconds }), ...service } }
    }
    const ofRequest = typeof code === 'string' && REQUEST_FAULTS.has(code) && serviceName === undefined
    if (ofRequest) return { message, ...place, extensions: { code } }
    if (isUnavailable(error)) {
      log.warn({ err: error }, 'a part that is needed does not answer')
      return { message: 'The database does not answer. Try again.', ...place, extensions: { code: 'UNAVAILABLE' } }
    }
    const id = randomUUID()
    log.error({ err: error, id, ...service }, `unexpected error: ${message}`)
    return { message: 'Internal error', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR', id } }
  }
  const format: ErrorFormat['format'] = (formatted, raw) => {
    const told = toClient(formatted, raw)
    errorsTold.inc({ code: String(told.extensions?.code) })
    return told
  }
  return {
    format,
    formatAny(error) {
      if (error instanceof GraphQLError) return format(error.toJSON(), error)
      return format({ message: error instanceof Error ? error.message : String(error) }, error)
    },
  }
}

function ownExtensions(error: {
  code: string
  problems: unknown
  retryAfterSeconds: unknown
}): Record<string, unknown> {
  const { code, problems, retryAfterSeconds } = error
  return {
    code,
    ...(Array.isArray(problems) && problems.length > 0 && { problems }),
    ...(typeof retryAfterSeconds === 'number' && { retryAfterSeconds }),
  }
}

/** SQLSTATE classes of a database that is starting, stopping, gone or full: 08, 53, 57. */
const UNAVAILABLE_SQLSTATE = /^(08|53|57)/
const NETWORK_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (UNAVAILABLE_SQLSTATE.test(code) || NETWORK_CODES.has(code)) return true
  // pg says these without a code; the last where a connection broke between two statements of a transaction.
  if (/timeout exceeded when trying to connect|Connection terminated|is not queryable/.test(error.message)) return true
  return isUnavailable(error.cause)
}
