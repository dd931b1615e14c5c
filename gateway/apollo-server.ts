// Apollo Server in front of the supergraph: queries and mutations, over HTTP and from inside.
import type { ApolloGateway } from '@apollo/gateway'
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import type { ErrorFormat } from '@constellation/platform/format-error.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { GraphQLError } from 'graphql'
import { getVariableValues } from 'graphql/execution/values.js'
import { completeErrors } from './complete-errors.ts'
import { checkCost } from './cost.ts'
import type { GraphContext } from './data-source.ts'
import { PARSE_OPTIONS, VALIDATION_RULES } from './guards.ts'

/** A server that has loaded its schema. */
export async function startApolloServer(
  gateway: ApolloGateway,
  errorFormat: ErrorFormat,
  log: Logger,
  audit: ApolloServerPlugin<GraphContext>,
): Promise<ApolloServer<GraphContext>> {
  const server = new ApolloServer<GraphContext>({
    gateway: withCompleteErrors(gateway),
    logger: log,
    formatError: errorFormat.format,
    includeStacktraceInErrorResponses: false,
    introspection: true,
    // What introspection tells, an error may hint at.
    hideSchemaDetailsFromClientErrors: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    maxRecursiveSelections: true,
    parseOptions: PARSE_OPTIONS,
    validationRules: VALIDATION_RULES,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    plugins: [
      checkOperation,
      audit,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  })
  await server.start()
  return server
}

/** Refuses what is valid by itself and yet not answered here. */
const checkOperation: ApolloServerPlugin<GraphContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request }) {
        // Apollo's gateway would throw.
        if (!operation) throw noSuchOperation(request.operationName)
        if (operation.operation === 'subscription') throw notOverHttp()
        const definitions = operation.variableDefinitions ?? []
        const { coerced } = getVariableValues(schema, definitions, request.variables ?? {})
        // Wrong variables: the gateway tells what is wrong with each.
        if (!coerced) return
        const error = checkCost(schema, document, operation, coerced)
        if (error) throw error
      },
    }
  },
}

function notOverHttp(): GraphQLError {
  return new GraphQLError(
    'Subscriptions are answered over a WebSocket at the same path, by the protocol graphql-transport-ws.',
    { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } },
  )
}

function noSuchOperation(name: string | null | undefined): GraphQLError {
  const message = name
    ? `The document has no operation named ${name}.`
    : 'The document has several operations, or none: operationName must say which.'
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } })
}

function withCompleteErrors(gateway: ApolloGateway): Pick<ApolloGateway, 'load' | 'stop' | 'onSchemaLoadOrUpdate'> {
  return {
    async load(options) {
      const loaded = await gateway.load(options)
      return { ...loaded, executor: async (request) => completeErrors(await loaded.executor(request)) }
    },
    stop: () => gateway.stop(),
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
  }
}
