import type { CombinedError } from '@urql/core'
import { words } from './words.ts'

/** What went wrong, and what to do, in a sentence or two. */
export function sayError(error: CombinedError): string {
  if (error.networkError) {
    return error.networkError.name === 'TimeoutError' ? words.errors.late : words.errors.away
  }
  const messages = error.graphQLErrors.map((each) => each.message)
  return [...new Set(messages)].join(' ') || words.errors.unknown
}
