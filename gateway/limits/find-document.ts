// From a request over HTTP, which may name its document by a hash alone, to one that holds it.
import { GraphQLError } from 'graphql'
import * as v from 'valibot'
import type { Documents } from './documents.ts'

interface Request {
  method: string
  query: unknown
  body?: unknown
}

interface Found {
  /** Why the document is not read. */
  refused?: GraphQLError
  /** What to take in place of the request's own. */
  body?: unknown
  search?: string
}

const byText = v.object({ query: v.pipe(v.string(), v.nonEmpty()) })
const byHash = v.looseObject({
  extensions: v.looseObject({ persistedQuery: v.object({ version: v.literal(1), sha256Hash: v.string() }) }),
})
const byId = v.looseObject({ documentId: v.string() })

/** The request with its document in it. What has neither a document nor a hash is for Apollo Server to refuse. */
export function findDocument({ method, query, body }: Request, documents: Documents): Found {
  const given = method === 'GET' ? withParsedExtensions(query) : body
  if (v.is(byText, given)) {
    const refused = documents.check(given.query)
    if (refused) return { refused }
  }
  const hash = hashOf(given)
  if (hash === undefined) return {}
  const text = v.is(byText, given) ? given.query : documents.find(hash)
  if (text === undefined) return { refused: notFound() }
  const { extensions: _, documentId: __, ...rest } = v.parse(v.looseObject({}), given)
  const whole = { ...rest, query: text }
  return method === 'GET' ? { search: searchOf(whole) } : { body: whole }
}

/** The text of an operation that came otherwise than over HTTP, by itself or by its hash, or why there is none. */
export function textOfOperation(given: { query?: string | undefined }, documents: Documents): string | GraphQLError {
  if (given.query) return given.query
  const hash = hashOf(given)
  return hash === undefined ? '' : (documents.find(hash) ?? notFound())
}

/** What is given twice is no text, and is left out. */
function searchOf(parameters: Readonly<Record<string, unknown>>): string {
  const texts = Object.entries(parameters).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  return `?${new URLSearchParams(texts)}`
}

function hashOf(given: unknown): string | undefined {
  if (v.is(byHash, given)) return given.extensions.persistedQuery.sha256Hash
  return v.is(byId, given) ? given.documentId.replace(/^sha256:/, '') : undefined
}

/** In a URL extensions are JSON. */
function withParsedExtensions(query: unknown): unknown {
  if (!v.is(v.looseObject({ extensions: v.string() }), query)) return query
  try {
    return { ...query, extensions: JSON.parse(query.extensions) }
  } catch {
    return query // Apollo Server says what is wrong with it.
  }
}

/** Clients that know of persisted documents send the whole one after exactly this message. */
function notFound(): GraphQLError {
  return new GraphQLError('PersistedQueryNotFound', { extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } })
}
