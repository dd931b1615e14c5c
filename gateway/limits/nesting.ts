// How deep brackets are nested in a document that has not been read yet: reading it takes stack for each level, and a
// stack that overflows looks like a fault of ours.
import { ApolloServerErrorCode } from '@apollo/server/errors'
import { GraphQLError } from 'graphql'

/** Four times what the deepest answered selection has. */
export const MAX_NESTING = 64

/** Brackets, and what they do not count in: block strings, strings, comments. */
const TOKENS = /"""(?:\\"""|[\s\S])*?(?:"""|$)|"(?:\\.|[^"\\\n\r])*"?|#[^\n\r]*|[[({]|[\])}]/g

/** The error for a document with more brackets in one another than are read. */
export function checkNesting(text: string): GraphQLError | undefined {
  let depth = 0
  for (const [found] of text.matchAll(TOKENS)) {
    if (found === '{' || found === '(' || found === '[') depth += 1
    else if (found === '}' || found === ')' || found === ']') depth -= 1
    if (depth > MAX_NESTING) return tooDeep()
  }
  return undefined
}

function tooDeep(): GraphQLError {
  return new GraphQLError(`Syntax Error: brackets are nested more than ${MAX_NESTING} deep.`, {
    extensions: { code: ApolloServerErrorCode.GRAPHQL_PARSE_FAILED, http: { status: 400 } },
  })
}
