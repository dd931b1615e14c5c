// Where the schema is not for everybody to read, errors do not tell of it either.
import type { ErrorFormat } from '@constellation/platform/subgraph/format-error.ts'
import type { GraphQLFormattedError } from 'graphql'

/** With this begins the end of a message that tells of the schema. What stands before it may be as long as a request. */
const HINT = 'Did you mean '

/** The same format, without hints at names that were not asked for. */
export function withoutHints(format: ErrorFormat): ErrorFormat {
  return {
    format: (formatted, raw) => withoutHint(format.format(formatted, raw)),
    formatAny: (error) => withoutHint(format.formatAny(error)),
  }
}

function withoutHint(error: GraphQLFormattedError): GraphQLFormattedError {
  const { message } = error
  const at = message.endsWith('?') ? message.lastIndexOf(HINT) : -1
  return at < 0 ? error : { ...error, message: message.slice(0, at).trimEnd() }
}
