// Whether a valid operation is run: by how much it asks for, and by how much its principal has asked for of late.
import { HeaderMap } from '@apollo/server'
import { ConstellationError, httpStatus } from '@constellation/platform/errors.ts'
import { type DocumentNode, GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql'
import { MAX_COST, operationCost } from '../operations/cost.ts'
import type { GraphContext } from '../subgraphs/subgraph.ts'
import { createRateLimit } from './rate-limit.ts'
import type { BucketSize } from './token-bucket.ts'

interface Asked {
  schema: GraphQLSchema
  document: DocumentNode
  operation: OperationDefinitionNode
  /** Coerced. */
  variables: Readonly<Record<string, unknown>>
}

/** Why a valid operation is not run, or undefined where it is: BAD_USER_INPUT or RATE_LIMITED. */
export type Admit = (asked: Asked, asking: GraphContext) => GraphQLError | undefined

/** What every operation costs, however little it asks for: its way through the gateway. */
export const LEAST_COST = 1_000

/** Admits operations whose principals stay within this size, in values of `operationCost`. */
export function createAdmit(size: BucketSize): Admit {
  const rate = createRateLimit(size)
  return ({ schema, document, operation, variables }, { principal, isInside }) => {
    const cost = operationCost(schema, document, operation, variables)
    if (cost > MAX_COST) return tooMuch(cost, operation)
    // Workers must renew their leases whatever else goes on, and what the gateway asks by itself is bounded already.
    if (isInside || principal.role === 'worker') return undefined
    const waitMs = rate.take(principal.id, LEAST_COST + cost)
    return waitMs === 0 ? undefined : tooOften(waitMs)
  }
}

function tooMuch(cost: number, operation: OperationDefinitionNode): GraphQLError {
  const amounts = `up to ${cost.toLocaleString('en')} values; at most ${MAX_COST.toLocaleString('en')} are answered`
  return new GraphQLError(`This asks for ${amounts}. Ask for fewer lists within lists, or give a smaller 'first'.`, {
    nodes: operation,
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  })
}

function tooOften(waitMs: number): GraphQLError {
  const originalError = rateLimited('You ask for much at once.', waitMs)
  const headers = new HeaderMap([['retry-after', String(originalError.retryAfterSeconds)]])
  return new GraphQLError(originalError.message, {
    originalError,
    extensions: { code: originalError.code, http: { status: httpStatus(originalError.code), headers } },
  })
}

/** The error for who has to wait. */
export function rateLimited(reason: string, waitMs: number): ConstellationError {
  const seconds = Math.max(Math.ceil(waitMs / 1_000), 1)
  const time = seconds === 1 ? '1 second' : `${seconds} seconds`
  return new ConstellationError('RATE_LIMITED', `${reason} Try again in ${time}.`, { retryAfterSeconds: seconds })
}
