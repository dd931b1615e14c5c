// The REST bridge: every route of the contract, its docs, and the stream.
import type { Logger } from '@constellation/platform/log.ts'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { fastifyOpenapiGlue } from 'fastify-openapi-glue'
import { type AddressOf, ofConnection } from '../http/client-address.ts'
import type { Graph } from '../operations/graph.ts'
import type { Authenticate } from '../sign-in/signed.ts'
import { isAcceptable } from './acceptable.ts'
import {
  CONTRACT_FILE,
  type Contract,
  methodsByPath,
  publicOperations,
  readContract,
  requestsOf,
  tighten,
  typesOfAnswers,
} from './contract.ts'
import { gpuHandlers } from './gpus/gpus.ts'
import { checkHandlers } from './jobs/check-job.ts'
import { jobHandlers } from './jobs/jobs.ts'
import { manyJobsHandlers } from './jobs/many-jobs.ts'
import { createLogBridge, type LogTimes } from './logs/job-logs.ts'
import { answerErrors, HttpProblem } from './problem.ts'
import { rootHandlers } from './root.ts'
import { createStream, type Stream, type StreamLimits } from './stream/stream.ts'
import type { ExportFiles } from './usage/export-files.ts'
import { exportHandlers } from './usage/exports.ts'
import { usageHandlers } from './usage/usage.ts'
import { compileValidator } from './validation.ts'
import { webhookHandlers } from './webhooks/webhooks.ts'

interface RestOptions {
  graph: Graph
  authenticate: Authenticate
  log: Logger
  /** Where files of what was used come from. */
  exportFiles: ExportFiles
  /** Whose tokens they are; by the connection, where it is left out. */
  addressOf?: AddressOf
  /** Times and limits, which tests lower. */
  limits?: Partial<StreamLimits & LogTimes>
}

/**
 * Adds the REST bridge to the gateway. Its routes take `request.principal` from the gateway's own hook,
 * and the stream that comes back is for upgrades of `/stream`.
 */
export async function registerRest(
  app: FastifyInstance,
  { graph, authenticate, log, exportFiles, addressOf = ofConnection, limits = {} }: RestOptions,
): Promise<Stream> {
  const contract = readContract()
  const logs = createLogBridge(graph, log, limits)
  const handlers = {
    ...jobHandlers(graph),
    ...manyJobsHandlers(graph),
    ...checkHandlers(graph),
    ...logs.handlers,
    ...gpuHandlers(graph),
    ...usageHandlers(graph),
    ...exportHandlers(graph, exportFiles),
    ...webhookHandlers(graph),
    ...rootHandlers(contract),
  }
  await app.register(async (rest) => {
    rest.setErrorHandler(answerErrors(log))
    await rest.register((routes) => addRoutes(routes, contract, handlers))
    addOtherMethods(rest, contract)
    await rest.register(addDocs)
  })
  // A server that closes waits for the answers under way, and a log's may take days.
  app.addHook('preClose', async () => logs.close())
  return createStream({ graph, authenticate, log, addressOf, limits })
}

/** The routes of the contract, with requests held against it. */
async function addRoutes(routes: FastifyInstance, contract: Contract, handlers: object): Promise<void> {
  const isPublic = publicOperations(contract)
  readJsonOnly(routes)
  routes.setValidatorCompiler(compileValidator)
  routes.addHook('onRoute', (route) => tighten(route, isPublic))
  refuseUnacceptable(routes, contract)
  await routes.register(fastifyOpenapiGlue, { specification: requestsOf(contract), serviceHandlers: handlers })
}

/** 406 where the client takes none of the types that an operation answers in. */
function refuseUnacceptable(routes: FastifyInstance, contract: Contract): void {
  const types = typesOfAnswers(contract)
  routes.addHook('onRequest', async ({ routeOptions, headers }) => {
    const answers = types.get(String(fieldOf(routeOptions.schema, 'operationId'))) ?? []
    if (answers.length === 0 || isAcceptable(headers.accept, answers)) return
    throw new HttpProblem(406, `This is answered as ${answers.join(' or ')}.`)
  })
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** Other types get 415. A DELETE may say `application/json` without having a body. */
function readJsonOnly(routes: FastifyInstance): void {
  const parseJson = routes.getDefaultJsonParser('error', 'error')
  routes.removeAllContentTypeParsers()
  routes.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined)
    else parseJson(request, body, done)
  })
}

/** Methods that a path does not have: 405, and what it has for OPTIONS. */
function addOtherMethods(rest: FastifyInstance, contract: Contract): void {
  for (const { url, methods } of methodsByPath(contract)) {
    const allow = [...methods, 'OPTIONS'].join(', ')
    const config = { public: true }
    rest.options(url, { config }, async (_request, reply) => reply.code(204).header('allow', allow).send())
    rest.route({
      method: rest.supportedMethods.filter((method) => method !== 'OPTIONS' && !methods.includes(method)),
      url,
      config,
      // Before a body is read, whatever it is.
      onRequest: async ({ method }) => {
        throw new HttpProblem(405, `${method} is not for this path.`, { headers: { allow } })
      },
      handler: async () => undefined,
    })
  }
}

/** A page to read the contract and to try it; nothing of it is fetched from elsewhere. */
async function addDocs(docs: FastifyInstance): Promise<void> {
  docs.addHook('onRoute', (route) => {
    route.config = { ...route.config, public: true }
  })
  await docs.register(swagger, { mode: 'static', specification: { path: CONTRACT_FILE, baseDir: '' } })
  await docs.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    uiConfig: { url: '/openapi.json', validatorUrl: null, deepLinking: true },
    theme: { title: 'Constellation: REST' },
  })
}
