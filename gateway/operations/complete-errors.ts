// Apollo's executor tells of a null where the schema has none only in an extension: as an error, it reaches the client.
import { type ExecutionResult, GraphQLError } from 'graphql'

/** The result, with such a null among its errors. */
export function completeErrors({
  extensions,
  ...result
}: ExecutionResult<Record<string, unknown>>): ExecutionResult<Record<string, unknown>> {
  const { valueCompletion, ...others } = extensions ?? {}
  const completed = Object.keys(others).length > 0 ? { ...result, extensions: others } : result
  if (!Array.isArray(valueCompletion) || result.errors) return completed
  return { ...completed, errors: valueCompletion.map(toError) }
}

function toError(found: unknown): GraphQLError {
  return found instanceof GraphQLError ? found : new GraphQLError(String(found))
}
