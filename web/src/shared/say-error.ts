import type { CombinedError } from '@urql/core'

/** What went wrong, and what to do, in a sentence or two. */
export function sayError(error: CombinedError): string {
  if (error.networkError) {
    return error.networkError.name === 'TimeoutError'
      ? 'The server took too long to answer. It may be busy: the page keeps trying.'
      : 'The server does not answer. Check that Constellation runs (npm start): the page keeps trying.'
  }
  const messages = error.graphQLErrors.map((each) => each.message)
  return [...new Set(messages)].join(' ') || 'The server could not answer. Try again in a moment.'
}
