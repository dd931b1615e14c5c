// Which documents are read at all, before anything is made of them.
import { createHash } from 'node:crypto'
import { ConstellationError, httpStatus } from '@constellation/platform/errors.ts'
import { GraphQLError } from 'graphql'
import { boundedMap } from '../bounded-map.ts'
import { checkNesting } from './nesting.ts'

/** The documents of our own clients, by the SHA-256 of each in hexadecimal. */
export type Manifest = ReadonlyMap<string, string>

export interface Documents {
  /** Why this document is not read; undefined where it is. */
  check(query: string): GraphQLError | undefined
  /** The document that has this hash. */
  find(hash: string): string | undefined
}

/** How many documents are remembered as known, so that they are hashed once. */
const REMEMBERED = 1_000

/** With `onlyPersisted` none but those of the manifest are read. */
export function createDocuments({
  manifest,
  onlyPersisted,
}: {
  manifest: Manifest
  onlyPersisted: boolean
}): Documents {
  const known = boundedMap<string, true>(REMEMBERED)

  function isPersisted(query: string): boolean {
    if (known.get(query)) return true
    if (!manifest.has(createHash('sha256').update(query).digest('hex'))) return false
    known.set(query, true)
    return true
  }

  return {
    check: (query) => (onlyPersisted && !isPersisted(query) ? notPersisted() : checkNesting(query)),
    find: (hash) => manifest.get(hash),
  }
}

function notPersisted(): GraphQLError {
  const originalError = new ConstellationError(
    'FORBIDDEN',
    'Only documents that were made known when this was built are answered here.',
  )
  const { message, code } = originalError
  return new GraphQLError(message, { originalError, extensions: { code, http: { status: httpStatus(code) } } })
}
