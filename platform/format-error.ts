// What a caller is told of an error: the text of the kinds in errors.ts, and of none other.
import { randomUUID } from 'node:crypto'
import { unwrapResolverError } from '@apollo/server/errors'
import type { GraphQLFormattedError } from 'graphql'
import { ConstellationError } from './errors.ts'
import type { Logger } from './log.ts'

/** Codes of Apollo Server for requests that are wrong in themselves: their texts are for the caller. */
const REQUEST_FAULTS = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
])

/** Apollo Server's `formatError`: an error that is not meant for callers is logged under an id, and only the id is told. */
export function errorFormatter(log: Logger) {
  return (formatted: GraphQLFormattedError, raw: unknown): GraphQLFormattedError => {
    const error = unwrapResolverError(raw)
    const place = {
      ...(formatted.locations && { locations: formatted.locations }),
      ...(formatted.path && { path: formatted.path }),
    }
    if (error instanceof ConstellationError) {
      const problems = error.problems.length > 0 ? { problems: error.problems } : {}
      return { message: error.message, ...place, extensions: { code: error.code, ...problems } }
    }
    const code = formatted.extensions?.code
    if (typeof code === 'string' && REQUEST_FAULTS.has(code))
      return { message: formatted.message, ...place, extensions: { code } }
    if (isUnavailable(error)) {
      log.warn({ err: error }, 'a part that is needed does not answer')
      return { message: 'The database does not answer. Try again.', ...place, extensions: { code: 'UNAVAILABLE' } }
    }
    const id = randomUUID()
    log.error({ err: error, id }, 'unexpected error')
    return { message: `Something went wrong here (${id}).`, ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } }
  }
}

/** SQLSTATE classes of a database that is starting, stopping, gone or full: 08, 53, 57. */
const UNAVAILABLE_SQLSTATE = /^(08|53|57)/
const NETWORK_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'])

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (UNAVAILABLE_SQLSTATE.test(code) || NETWORK_CODES.has(code)) return true
  // pg says these two without a code.
  if (/timeout exceeded when trying to connect|Connection terminated/.test(error.message)) return true
  return isUnavailable(error.cause)
}
