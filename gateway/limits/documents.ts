// Which documents are read at all, before anything is made of them.
import { readFileSync } from 'node:fs'
import { boundedMap } from '@constellation/platform/bounded-map.ts'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { documentId } from '@constellation/schema/canonical-document.ts'
import { GraphQLError, parse } from 'graphql'
import * as v from 'valibot'
import { PARSE_OPTIONS } from '../operations/document-rules.ts'
import { checkNesting } from './nesting.ts'

/** The documents of our own clients, by the hash of each. */
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
    const id = idOf(query)
    if (id === undefined || !manifest.has(id)) return false
    known.set(query, true)
    return true
  }

  return {
    check(query) {
      const tooDeep = checkNesting(query)
      if (tooDeep || !onlyPersisted || isPersisted(query)) return tooDeep
      return asGraphQLError(notPersisted())
    },
    find: (hash) => manifest.get(hash),
  }
}

/** The documents that were made known when this was built. @throws Error where they cannot be read */
export function readManifest(): Manifest {
  const file = new URL(import.meta.resolve('@constellation/schema/generated/documents.json'))
  return new Map(Object.entries(v.parse(v.record(v.string(), v.string()), JSON.parse(readFileSync(file, 'utf8')))))
}

/** Undefined for what is no document. */
function idOf(query: string): string | undefined {
  try {
    return documentId(parse(query, PARSE_OPTIONS))
  } catch {
    return undefined // Then it is none of ours either.
  }
}

function notPersisted(): ConstellationError {
  return new ConstellationError(
    'FORBIDDEN',
    'Only documents that were made known when this was built are answered here.',
  )
}

function asGraphQLError(originalError: ConstellationError): GraphQLError {
  return new GraphQLError(originalError.message, { originalError, extensions: { code: originalError.code } })
}
