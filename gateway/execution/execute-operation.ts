// Executes what Apollo Server has read and checked, where it can be compiled.
import type { ApolloGateway } from '@apollo/gateway'
import { getVariableValues } from 'graphql/execution/values.js'
import type { KnownOperations } from '../operations/known-operations.ts'
import type { LoadedGraph } from '../supergraph/supergraph.ts'
import { compiledOperation, type Executed, executeCompiled, type Services } from './execute.ts'

type Asked = Parameters<ApolloGateway['executor']>[0]

/** The answer, or nothing where Apollo's executor is to answer. */
export type ExecuteOperation = (
  asked: Pick<Asked, 'schema' | 'source' | 'document' | 'operation' | 'request' | 'context'>,
) => Promise<Executed | undefined>

/** Makes an executor over these services, which remembers as `known` what it has executed. */
export function createExecuteOperation(
  snapshotOf: LoadedGraph['snapshotOf'],
  services: Services,
  known: KnownOperations,
): ExecuteOperation {
  return async ({ schema, source, document, operation, request, context }) => {
    const snapshot = snapshotOf(schema)
    const compiled = snapshot && compiledOperation(snapshot, document, request.operationName)
    if (!compiled) return undefined
    const variables = request.variables ?? {}
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables)
    if (errors) return { errors: [...errors] }
    known.note(schema, source, request.operationName, { document, operation, compiled })
    return await executeCompiled(compiled, services, variables, context.principal)
  }
}
