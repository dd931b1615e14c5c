// The server around every subgraph: Apollo Server behind Fastify, open to the gateway alone.
import { readFileSync } from 'node:fs'
import { ApolloServer, HeaderMap } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled'
import { buildSubgraphSchema, type GraphQLSchemaModule } from '@apollo/subgraph'
import Fastify, { type FastifyInstance } from 'fastify'
import { parse } from 'graphql'
import { ConstellationError, httpStatus } from '../errors.ts'
import { type Principal, requireVouchedBody, vouchedPrincipal } from '../identity.ts'
import type { Logger } from '../log.ts'
import { enforceRules, type Rules } from '../rules.ts'
import { answerFor, headerOf } from './answer-for.ts'
import { countedCache, REMEMBERED_DOCUMENTS } from './counted-cache.ts'
import { createErrorFormat } from './format-error.ts'
import { goneWith } from './gone.ts'
import { type Checks, checkParts, isReady, serveProbes } from './probes.ts'
import { BATCH_PATH, readBatch } from './question-batch.ts'
import { type AnswerQuestion, answerBatch } from './serve-batch.ts'

/** Twice what the gateway takes, which adds the text of its own operation to what a client sent. */
const BODY_LIMIT_BYTES = 2_097_152
const MAX_TOKENS = 5_000

/** What every context has. */
interface Asked {
  who: Principal
}

interface SubgraphOptions<Context extends Asked> {
  name: 'jobs' | 'gpus' | 'usage'
  resolvers: NonNullable<GraphQLSchemaModule['resolvers']>
  /** Who may ask for what, before any resolver runs. Stand-ins of tests have none: they leave all to their resolvers. */
  rules: Rules | undefined
  /** Made anew for each request. `gone` is aborted when nobody waits for its answer any more. */
  context: (who: Principal, gone: AbortSignal) => Context
  /** What must work for all of it to be well. Without `nats` it answers all the same, only the watching is late. */
  checks: Checks
  /** What it answers beside its graph. Nobody is signed in there: its routes see to it themselves. */
  routes?: (app: FastifyInstance) => void
  config: { HOST: string; PORT: number; GATEWAY_SECRET: string }
  log: Logger
}

interface Subgraph {
  /** Such as `http://127.0.0.1:4001`. */
  url: string
  stop(): Promise<void>
}

/** Serves `schema/<name>.graphql` with these resolvers until stopped. */
export async function startSubgraph<Context extends Asked>(options: SubgraphOptions<Context>): Promise<Subgraph> {
  const { name, resolvers, rules, log, config } = options
  const sdl = readFileSync(new URL(import.meta.resolve(`@constellation/schema/${name}.graphql`)), 'utf8')
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }])
  if (rules) enforceRules(schema, rules)
  const server = new ApolloServer<Context>({
    schema,
    // The gateway checks what clients send; what reaches a subgraph was planned.
    csrfPrevention: false,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    documentStore: countedCache(REMEMBERED_DOCUMENTS),
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginInlineTraceDisabled()],
    formatError: createErrorFormat(log).format,
    stopOnTerminationSignals: false,
    logger: log,
  })
  await server.start()

  const app: FastifyInstance = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT_BYTES,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  })
  // The signature covers the bytes of the body, so it stays text until it was checked.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  serveGraph(app, server, options)
  options.routes?.(app)
  const { nats: _late, ...needed } = options.checks
  serveProbes(app, needed)
  app.get('/health', async (_request, reply) => {
    const parts = await checkParts(options.checks)
    const ready = isReady(parts)
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable', parts })
  })
  const url = await app.listen({ host: config.HOST, port: config.PORT })
  log.info(`${name} answers at ${url}`)
  return {
    url,
    async stop() {
      await app.close()
      await server.stop()
    },
  }
}

function serveGraph<Context extends Asked>(
  app: FastifyInstance,
  server: ApolloServer<Context>,
  { name: service, config: { GATEWAY_SECRET: secret }, context, log }: SubgraphOptions<Context>,
) {
  // What is not the gateway's is refused, in words that any client reads.
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof ConstellationError)) return reply.send(error)
    const { code, message } = error
    return reply.code(httpStatus(code)).send({ errors: [{ message, extensions: { code } }] })
  })

  app.post<{ Body: string }>('/graphql', async (request, reply) => {
    const who = vouchedPrincipal(secret, request.headers, request.body)
    const gone = goneWith(reply.raw)
    const headers = new HeaderMap()
    headers.set('content-type', 'application/json')
    const body = JSON.parse(request.body)
    const asked = {
      service,
      user: who.id,
      operationName: typeof body?.operationName === 'string' ? body.operationName : undefined,
      requestId: headerOf(request.headers['x-request-id']),
      traceparent: headerOf(request.headers.traceparent),
    }
    const answer = await answerFor(
      asked,
      () =>
        server.executeHTTPGraphQLRequest({
          httpGraphQLRequest: { method: 'POST', headers, search: '', body },
          context: async () => context(who, gone),
        }),
      ({ status }) => (status ?? 200) < 400,
    )
    if (answer.body.kind !== 'complete') throw new Error('A subgraph answers in one piece.')
    return reply
      .code(answer.status ?? 200)
      .headers(Object.fromEntries(answer.headers))
      .send(answer.body.string)
  })

  app.post<{ Body: string }>(BATCH_PATH, (request, reply) => {
    requireVouchedBody(secret, request.headers, request.body)
    const questions = readBatch(request.body)
    reply.hijack()
    const gone = goneWith(reply.raw)
    const answer: AnswerQuestion = async ({ who, work, request: { query, variables, operationName } }) => {
      const asked = { query, ...(variables && { variables }), ...(operationName !== undefined && { operationName }) }
      const forWhom = {
        service,
        user: who.id,
        operationName,
        requestId: work?.requestId,
        traceparent: work?.traceparent,
      }
      const ask = async () => {
        const { body } = await server.executeOperation(asked, { contextValue: context(who, gone) })
        if (body.kind !== 'single') throw new Error('A subgraph answers in one piece.')
        return body.singleResult
      }
      return JSON.stringify(await answerFor(forWhom, ask, ({ data }) => data !== undefined))
    }
    answerBatch(reply.raw, questions, answer, (err) => log.error({ err }, 'a question of a batch was not answered'))
  })
}
