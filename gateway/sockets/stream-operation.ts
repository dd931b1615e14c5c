// The operation that a request for a stream asks for, by the rules of GraphQL over HTTP.
import { invalidInput } from '@constellation/platform/errors.ts'
import type { FastifyRequest } from 'fastify'
import * as v from 'valibot'
import type { OperationRequest } from '../operations/prepare-operation.ts'

const MAX_QUERY = 65_536

const variables = v.nullish(
  v.pipe(
    v.unknown(),
    v.check((given) => !Array.isArray(given), 'must be an object'),
    v.record(v.string(), v.unknown()),
  ),
)
const operation = v.object({
  query: v.optional(v.pipe(v.string(), v.maxLength(MAX_QUERY, `must be at most ${MAX_QUERY} characters`))),
  documentId: v.optional(v.pipe(v.string(), v.maxLength(128))),
  extensions: v.nullish(v.record(v.string(), v.unknown())),
  operationName: v.nullish(v.pipe(v.string(), v.maxLength(256))),
  variables,
})
const inJson = v.pipe(v.string(), v.maxLength(MAX_QUERY), v.parseJson())
const inUrl = v.object({
  ...operation.entries,
  variables: v.optional(v.pipe(inJson, variables)),
  extensions: v.optional(v.pipe(inJson, operation.entries.extensions)),
})
const namesADocument = v.check<Omit<OperationRequest, 'variables'>, string>(
  ({ query, documentId, extensions }) => Boolean(query ?? documentId ?? extensions),
  'must have a query, or the hash of one',
)
const body = v.pipe(operation, namesADocument)
const search = v.pipe(inUrl, namesADocument)

/** @throws ConstellationError BAD_USER_INPUT where it asks for none */
export function readStreamOperation(request: FastifyRequest): OperationRequest {
  const { method } = request
  const result = method === 'GET' ? v.safeParse(search, request.query) : v.safeParse(body, request.body)
  if (result.success) return result.output
  throw invalidInput(result.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })))
}
