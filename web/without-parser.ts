import type { Plugin } from 'vite'

const GRAPHQL = '@0no-co/graphql.web'
const STAND_IN = '\0graphql-without-parser'

/**
 * Leaves the parser of GraphQL out of the page: urql would bring it along for documents that are written as text, and
 * all of the page's are parsed when it is built.
 */
export function withoutParser(): Plugin {
  return {
    name: 'without-parser',
    apply: 'build',
    enforce: 'pre',
    resolveId: (source, importer) => (source === GRAPHQL && importer?.includes('/@urql/core/') ? STAND_IN : null),
    load: (id) =>
      id === STAND_IN
        ? `export { GraphQLError, Kind, print } from '${GRAPHQL}'
           export const parse = () => { throw new Error('This document was not parsed when the page was built.') }`
        : null,
  }
}
