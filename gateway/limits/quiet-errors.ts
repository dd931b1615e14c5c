// Where the schema is not for everybody to read, errors do not tell of it either.
import type { ErrorFormat } from '@constellation/platform/subgraph/format-error.ts'
import type { GraphQLFormattedError } from 'graphql'

/** What a message of GraphQL tells of the schema to somebody who has not seen it. */
const HINT = / ?Did you mean .+?\?$/s

/** The same format, without hints at names that were not asked for. */
export function withoutHints(format: ErrorFormat): ErrorFormat {
  return {
    format: (formatted, raw) => withoutHint(format.format(formatted, raw)),
    formatAny: (error) => withoutHint(format.formatAny(error)),
  }
}

function withoutHint(error: GraphQLFormattedError): GraphQLFormattedError {
  return { ...error, message: error.message.replace(HINT, '') }
}
