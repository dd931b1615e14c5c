// An error that a service gave for its part of an operation, as an error of the whole. The rules are those of Apollo's executor.
import { ERRORS, errorCodeDef } from '@apollo/federation-internals'
import type { ResponsePath } from '@apollo/query-planner'
import { GraphQLError } from 'graphql'
import type { Answer } from '../subgraphs/subgraph-answer.ts'

type SubgraphError = NonNullable<Answer['errors']>[number]

/**
 * The path in the whole answer of an error in a part of it. `base` is where that part is put; `paths`, where it is put in
 * several places, in the order in which they were asked for.
 */
export function placeOf(
  path: ResponsePath | undefined,
  base: ResponsePath,
  paths: readonly ResponsePath[] | undefined,
): ResponsePath | undefined {
  const index = path?.[1]
  if (paths && typeof index === 'number') return [...(paths[index] ?? []), ...(path?.slice(2) ?? [])]
  return path && [...base, ...path]
}

/** The error as the whole answer has it: named after its service, and in its place there. */
export function errorOf(
  error: SubgraphError,
  serviceName: string,
  placed: (path: ResponsePath | undefined) => ResponsePath | undefined,
): GraphQLError {
  const message = error.message || `Error while fetching subquery from service "${serviceName}"`
  const path = placed(error.path && [...error.path])
  const options = {
    // What the service said is no error of ours, and is not looked at as one.
    originalError: { name: 'SubgraphError', message },
    path: path ?? null,
    extensions: { ...error.extensions, serviceName },
  }
  const code = error.extensions?.code
  const known = typeof code === 'string' ? errorCodeDef(code) : undefined
  if (!known && code) return new GraphQLError(message, options)
  return (known ?? ERRORS.DOWNSTREAM_SERVICE_ERROR).err(message, options)
}
