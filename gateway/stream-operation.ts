// The operation that a request for a stream asks for, by the rules of GraphQL over HTTP.
import { invalidInput } from '@constellation/platform/errors.ts'
import type { FastifyRequest } from 'fastify'
import * as v from 'valibot'
import type { OperationRequest } from './prepare-operation.ts'

const MAX_QUERY = 65_536

const variables = v.nullish(
  v.pipe(
    v.unknown(),
    v.check((given) => !Array.isArray(given), 'must be an object'),
    v.record(v.string(), v.unknown()),
  ),
)
const operation = v.object({
  query: v.pipe(v.string(), v.maxLength(MAX_QUERY, `must be at most ${MAX_QUERY} characters`)),
  operationName: v.nullish(v.pipe(v.string(), v.maxLength(256))),
  variables,
})
const inUrl = v.object({
  ...operation.entries,
  variables: v.optional(v.pipe(v.string(), v.maxLength(MAX_QUERY), v.parseJson(), variables)),
})

/** @throws ConstellationError BAD_USER_INPUT where it asks for none */
export function readStreamOperation(request: FastifyRequest): OperationRequest {
  const { method, query, body } = request
  const result = method === 'GET' ? v.safeParse(inUrl, query) : v.safeParse(operation, body)
  if (result.success) return result.output
  throw invalidInput(result.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })))
}
