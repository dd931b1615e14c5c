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
import type { Logger } from '@constellation/platform/log.ts'
import { countedCache, REMEMBERED_DOCUMENTS } from '@constellation/platform/subgraph/counted-cache.ts'
import type { ErrorFormat } from '@constellation/platform/subgraph/format-error.ts'
import { GraphQLError } from 'graphql'
import { getVariableValues } from 'graphql/execution/values.js'
import type { ExecuteOperation } from '../execution/execute-operation.ts'
import { isWhollyUnavailable, RETRY_AFTER_SECONDS } from '../http/unavailable.ts'
import type { Admit } from '../limits/admission.ts'
import type { GraphContext } from '../subgraphs/subgraph.ts'
import { completeErrors } from './complete-errors.ts'
import { PARSE_OPTIONS, validationRules } from './document-rules.ts'

interface ApolloOptions {
  gateway: ApolloGateway
  executeOperation: ExecuteOperation
  admit: Admit
  audit: ApolloServerPlugin<GraphContext>
  errorFormat: ErrorFormat
  /** True where the schema is for everybody to read. */
  introspection: boolean
  log: Logger
}

/** A server that has loaded its schema. */
export async function startApolloServer(options: ApolloOptions): Promise<ApolloServer<GraphContext>> {
  const { gateway, executeOperation, admit, audit, errorFormat, introspection, log } = options
  const server = new ApolloServer<GraphContext>({
    gateway: executingBy(executeOperation, gateway),
    logger: log,
    formatError: errorFormat.format,
    includeStacktraceInErrorResponses: false,
    introspection,
    // What introspection tells, an error may hint at.
    hideSchemaDetailsFromClientErrors: !introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    maxRecursiveSelections: true,
    parseOptions: PARSE_OPTIONS,
    validationRules: validationRules({ introspection }),
    documentStore: countedCache(REMEMBERED_DOCUMENTS),
    persistedQueries: false,
    stopOnTerminationSignals: false,
    plugins: [
      checkOperation(admit),
      audit,
      answerUnavailable,
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
function checkOperation(admit: Admit): ApolloServerPlugin<GraphContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          // Apollo's gateway would throw.
          if (!operation) throw noSuchOperation(request.operationName)
          if (operation.operation === 'subscription') throw notOverHttp()
          const definitions = operation.variableDefinitions ?? []
          const { coerced } = getVariableValues(schema, definitions, request.variables ?? {})
          // Wrong variables: the gateway tells what is wrong with each.
          if (!coerced) return
          const error = admit({ schema, document, operation, variables: coerced }, contextValue)
          if (error) throw error
        },
      }
    },
  }
}

/** 503, where nothing that was asked for could be had. */
const answerUnavailable: ApolloServerPlugin<GraphContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body, http } }) {
        if (body.kind !== 'single' || !isWhollyUnavailable(body.singleResult)) return
        http.status = 503
        http.headers.set('retry-after', String(RETRY_AFTER_SECONDS))
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

/** The same gateway with `execute` as its executor, which answers with nothing what is left to Apollo's own. */
function executingBy(
  execute: ExecuteOperation,
  gateway: ApolloGateway,
): Pick<ApolloGateway, 'load' | 'stop' | 'onSchemaLoadOrUpdate'> {
  return {
    async load(options) {
      const loaded = await gateway.load(options)
      const executor: typeof loaded.executor = async (request) =>
        (await execute(request)) ?? completeErrors(await loaded.executor(request))
      return { ...loaded, executor }
    },
    stop: () => gateway.stop(),
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
  }
}
