// The gateway, put together: one graph over three services, live, and the page.

import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Lifecycle } from '@constellation/platform/lifecycle.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { serveMetrics } from '@constellation/platform/metrics/serve-metrics.ts'
import { streamSettingsOf } from '@constellation/platform/nats/nats.ts'
import { createErrorFormat, type ErrorFormat } from '@constellation/platform/subgraph/format-error.ts'
import { startTracing } from '@constellation/platform/tracing/trace.ts'
import Fastify, { type FastifyInstance } from 'fastify'
import { type Audit, startAudit } from './audit/audit.ts'
import { auditHttp, auditSignIns, auditSubscriptions } from './audit/doors.ts'
import { auditPlugin } from './audit/plugin.ts'
import { allowsIntrospection, type GatewayConfig } from './config.ts'
import { createExecuteOperation } from './execution/execute-operation.ts'
import { answerBrokenRequest } from './http/broken-requests.ts'
import { guardBrowsers } from './http/browser-safety.ts'
import { createAddressOf } from './http/client-address.ts'
import { serveGraphql } from './http/graphql-http.ts'
import { serveHealth } from './http/health.ts'
import { hearOutLargeBodies } from './http/large-bodies.ts'
import { createOperationLabel, measureRequests } from './http/measure-requests.ts'
import { servePage } from './http/page.ts'
import { requestIdOf, traceRequests, traceSignedIn } from './http/trace-requests.ts'
import { routeUpgrades } from './http/upgrade.ts'
import { createAdmit } from './limits/admission.ts'
import { createDocuments, readManifest } from './limits/documents.ts'
import { createPace } from './limits/event-pace.ts'
import { countSubscriptions, createPresence } from './limits/presence.ts'
import { withoutHints } from './limits/quiet-errors.ts'
import { limitSignIns } from './limits/sign-ins.ts'
import type { AskGraph } from './live/ask-graph.ts'
import { createEventsSubgraph } from './live/events-subgraph.ts'
import { createEventFeeds } from './live/feeds/event-feeds.ts'
import { createEventStream } from './live/feeds/event-stream.ts'
import { linkNats, type NatsLink } from './live/feeds/nats-link.ts'
import type { Surroundings } from './live/sources/source.ts'
import { createSubscribe } from './live/subscribe.ts'
import { createAnswerKnown } from './operations/answer-known.ts'
import { startApolloServer } from './operations/apollo-server.ts'
import { ask, createExecute, createGraph, type Graph } from './operations/graph.ts'
import { createKnownOperations } from './operations/known-operations.ts'
import { createPrepare } from './operations/prepare-operation.ts'
import { createReadDocument } from './operations/read-document.ts'
import { registerRest } from './rest/plugin.ts'
import { answerErrors, HttpProblem } from './rest/problem.ts'
import { createExportFiles } from './rest/usage/export-files.ts'
import { createApiTokens } from './sign-in/api-tokens.ts'
import { createAuthenticate } from './sign-in/authenticate.ts'
import { openOidc } from './sign-in/oidc.ts'
import { requireToken } from './sign-in/require-token.ts'
import { serveSignIn, tokenOrigin } from './sign-in/serve-sign-in.ts'
import { createMint, createNatsMint, serveWorkerTokens } from './sign-in/worker-tokens.ts'
import { serveStreams } from './sockets/serve-streams.ts'
import { createSockets } from './sockets/sockets.ts'
import { createSubgraph } from './subgraphs/subgraph.ts'
import { createSupergraph } from './supergraph/supergraph.ts'

const BODY_LIMIT_BYTES = 1_048_576
/** How long a client may take to send a request, in milliseconds. */
const REQUEST_LIMIT_MS = 30_000
/** After this long at the end, connections that are still answered are cut, in milliseconds. */
const DRAIN_LIMIT_MS = 5_000

export interface Gateway {
  /** Such as `http://127.0.0.1:4000`. */
  url: string
  graph: Graph
  link: NatsLink
  /** How many subjects are listened to. */
  subscriptions(): number
}

/**
 * Starts the gateway and answers until `lifecycle` ends it. Neither NATS nor the services need to be there yet.
 * @throws Error where the keys of tokens cannot be read, or the port is taken
 */
export async function startGateway(config: GatewayConfig, log: Logger, lifecycle: Lifecycle): Promise<Gateway> {
  await serveMetrics(config, log, lifecycle)
  await startTracing('gateway', config, lifecycle)
  const fullFormat = createErrorFormat(log)
  const errorFormat = allowsIntrospection(config) ? fullFormat : withoutHints(fullFormat)
  const streamSettings = streamSettingsOf(config)
  const link = linkNats(config.NATS_URL, log, streamSettings)
  lifecycle.onStop('the connection to NATS', () => link.close())
  const audit = await startAudit(config.NATS_URL, log, config.AUDIT_FILE, streamSettings)
  lifecycle.onStop('the audit log', () => audit.stop())
  const { graph, server, known, subgraphs, around, snapshot, documents, readDocument, subscribe, presence } =
    await startGraph(config, link, audit, errorFormat, log, lifecycle)

  const oidc = openOidc(config, log)
  const apiTokens = createApiTokens({ jobs: subgraphs.jobs, link, log })
  lifecycle.onStop('the API tokens', () => apiTokens.stop())
  const checkToken = await createAuthenticate({
    jwksFile: config.JWKS_FILE,
    issuer: config.TOKEN_ISSUER,
    audience: config.TOKEN_AUDIENCE,
    oidc,
    checkApiToken: apiTokens.check,
    log,
  })
  const authenticate = limitSignIns(checkToken)

  const answerError = answerErrors(log)
  const app = Fastify({
    logger: false,
    genReqId: requestIdOf,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_LIMIT_MS,
    forceCloseConnections: 'idle',
    trustProxy: config.TRUSTED_PROXIES.length > 0 ? config.TRUSTED_PROXIES : false,
    // What comes over a kept connection while this ends is answered, and that it was the last over it.
    return503OnClosing: false,
    // About URLs that cannot be read.
    frameworkErrors: answerError,
    clientErrorHandler: answerBrokenRequest,
  })
  const allowedOrigins = new Set(config.ALLOWED_ORIGINS)
  traceRequests(app)
  measureRequests(app)
  guardBrowsers(app, allowedOrigins)
  requireToken(app, authenticate)
  traceSignedIn(app)
  auditHttp(app, audit)
  hearOutLargeBodies(app)
  app.setErrorHandler(answerError)
  app.setNotFoundHandler((request, reply) =>
    answerError(new HttpProblem(404, 'There is nothing at this path.'), request, reply),
  )
  const labelOf = createOperationLabel(readManifest().values())
  serveGraphql(app, { server, known, documents, errorFormat, labelOf })
  const { ask: askGraph } = around
  serveHealth(app, { subgraphs, link, webDir: config.WEB_DIR, needsWorker: config.HEALTH_NEEDS_WORKER, ask: askGraph })
  serveSignIn(app, oidc)
  const mints = { mint: await createMint(config), mintNats: await createNatsMint(config) }
  serveWorkerTokens(app, limitSignIns(apiTokens.checkEnrolment), mints)
  await servePage(app, config.WEB_DIR, () => tokenOrigin(oidc))
  const addressOf = createAddressOf(config.TRUSTED_PROXIES)
  const exportFiles = createExportFiles(config.USAGE_URL)
  lifecycle.onStop('the files of exports', () => exportFiles.close())
  const stream = await registerRest(app, {
    graph,
    authenticate: auditSignIns(authenticate, audit, 'rest'),
    log,
    exportFiles,
    addressOf,
  })

  const schema = () => snapshot().apiSchema
  const prepareFor = (via: 'socket' | 'http') =>
    createPrepare({
      schema,
      documents,
      readDocument,
      execute: createExecute(server, { via }),
      subscribe: auditSubscriptions(subscribe, audit, via),
      errorFormat,
    })
  const signIn = auditSignIns(authenticate, audit, 'socket')
  const sockets = createSockets({ authenticate: signIn, prepare: prepareFor('socket'), presence, addressOf, log })
  const streams = serveStreams(app, prepareFor('http'), presence, errorFormat)
  routeUpgrades(app.server, { '/graphql': sockets.accept, '/stream': stream.accept }, allowedOrigins)
  // At once: the server waits for its sockets to end, and sockets that end must not find it open still.
  lifecycle.onStop('the HTTP server', () => Promise.all([drain(app), sockets.close(), streams.close(), stream.close()]))
  const url = await listen(app, config)
  log.info(`the gateway answers at ${url}`)
  const subscriptions = () => link.subscriptions() + around.stream.subscriptions()
  return { url, graph, link, subscriptions }
}

/** Everything behind the doors. */
async function startGraph(
  config: GatewayConfig,
  link: NatsLink,
  audit: Audit,
  errorFormat: ErrorFormat,
  log: Logger,
  lifecycle: Lifecycle,
) {
  const secret = config.GATEWAY_SECRET
  const subgraphs = {
    jobs: createSubgraph({ name: 'jobs', url: config.JOBS_URL, secret, log }),
    gpus: createSubgraph({ name: 'gpus', url: config.GPUS_URL, secret, log }),
    usage: createSubgraph({ name: 'usage', url: config.USAGE_URL, secret, log }),
  }
  lifecycle.onStop('the connections to the services', () =>
    Promise.all(Object.values(subgraphs).map((subgraph) => subgraph.close())),
  )
  const events = createEventsSubgraph(readVersion())
  const services = { ...subgraphs, events }
  const { gateway, snapshot, snapshotOf } = createSupergraph(
    config.SUPERGRAPH_FILE ?? committedSupergraph(),
    services,
    log,
  )
  const introspection = allowsIntrospection(config)
  const rate = { perSecond: config.RATE_PER_SECOND, burst: config.RATE_BURST }
  const admit = createAdmit(rate)
  const known = createKnownOperations()
  const executeOperation = createExecuteOperation(snapshotOf, services, known)
  const server = await startApolloServer({
    gateway,
    executeOperation,
    admit,
    audit: auditPlugin(audit),
    errorFormat,
    introspection,
    log,
  })
  lifecycle.onStop('Apollo Server', () => server.stop())

  const execute = createExecute(server, { via: 'rest' })
  const executeInside = createExecute(server, { isInside: true })
  const askGraph: AskGraph = (query, variables, who) => ask(executeInside, query, variables, who)
  const stream = createEventStream(link, log)
  const around: Surroundings = { link, stream, feeds: createEventFeeds(link, stream, askGraph, log), ask: askGraph }
  const documents = createDocuments({
    manifest: readManifest(),
    onlyPersisted: config.ALLOWED_DOCUMENTS === 'persisted',
  })
  const readDocument = createReadDocument({ introspection, documents })
  const presence = createPresence({
    connections: config.CONNECTIONS_PER_PRINCIPAL,
    subscriptions: config.SUBSCRIPTIONS_PER_PRINCIPAL,
  })
  const subscribeAny = createSubscribe({
    snapshot,
    readDocument,
    admit,
    pace: createPace(rate),
    services: subgraphs,
    events,
    around,
    errorFormat,
    log,
  })
  const subscribe = countSubscriptions(subscribeAny, presence)
  return {
    graph: createGraph(execute, auditSubscriptions(subscribe, audit, 'rest'), errorFormat),
    server,
    known: createAnswerKnown({ snapshot, known, services, admit, audit, errorFormat }),
    subgraphs,
    around,
    snapshot,
    documents,
    readDocument,
    subscribe,
    presence,
  }
}

function committedSupergraph(): string {
  return fileURLToPath(import.meta.resolve('@constellation/schema/generated/supergraph.graphql'))
}

function readVersion(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
  return version
}

async function drain(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_LIMIT_MS)
  await app.close()
  clearTimeout(cut)
}

async function listen(app: FastifyInstance, { HOST, PORT }: GatewayConfig): Promise<string> {
  try {
    await app.listen({ host: HOST, port: PORT })
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'EADDRINUSE') throw error
    throw new Error(`Port ${PORT} of ${HOST} is taken by another program. End that one, or set PORT to another.`, {
      cause: error,
    })
  }
  const address: AddressInfo | string | null = app.server.address()
  const port = typeof address === 'object' && address ? address.port : PORT
  return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${port}`
}
