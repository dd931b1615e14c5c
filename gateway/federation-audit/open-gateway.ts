// The gateway over a graph that is not its own: what reads, plans and executes operations is what it always is. It has
// no sign-in, no limits on cost, and asks its subgraphs as any client would, since they know nothing of principals.
import { readFile, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { Supergraph } from '@apollo/federation-internals'
import type { GraphQLDataSource } from '@apollo/gateway'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { createErrorFormat } from '@constellation/platform/subgraph/format-error.ts'
import { scalars } from '@constellation/platform/subgraph/scalars.ts'
import Fastify from 'fastify'
import * as v from 'valibot'
import type { Audit } from '../audit/audit.ts'
import { createExecuteOperation } from '../execution/execute-operation.ts'
import type { Answering } from '../execution/run-plan.ts'
import { serveGraphql } from '../http/graphql-http.ts'
import { createDocuments } from '../limits/documents.ts'
import { createAnswerKnown } from '../operations/answer-known.ts'
import { startApolloServer } from '../operations/apollo-server.ts'
import { createKnownOperations } from '../operations/known-operations.ts'
import type { Answer } from '../subgraphs/subgraph-answer.ts'
import { createSupergraph } from '../supergraph/supergraph.ts'

export interface OpenGateway {
  /** Where it answers GraphQL. */
  url: string
  close(): Promise<void>
}

const NOBODY_LISTENS: Audit = { note: () => {}, refuse: () => {}, stop: async () => {} }
const ANYBODY: Principal = { id: 'anybody', role: 'admin', accounts: [] }
const answer = v.looseObject({
  data: v.optional(v.nullable(v.record(v.string(), v.unknown()))),
  errors: v.optional(v.array(v.looseObject({ message: v.string() }))),
})

/** @throws Error where the gateway does not take this supergraph */
export async function openGateway(file: string, sdl: string, log: Logger): Promise<OpenGateway> {
  await writeFile(file, withOwnScalars(sdl))
  const services = servicesOf(await readFile(file, 'utf8'))
  const { gateway, snapshot, snapshotOf } = createSupergraph(file, services, log)
  const known = createKnownOperations()
  const errorFormat = createErrorFormat(log)
  const admit = () => undefined
  const server = await startApolloServer({
    gateway,
    executeOperation: createExecuteOperation(snapshotOf, services, known),
    admit,
    audit: {},
    errorFormat,
    introspection: true,
    log,
  })
  const app = Fastify({ logger: false })
  app.decorateRequest('principal')
  app.addHook('onRequest', async (request) => {
    request.principal = ANYBODY
  })
  serveGraphql(app, {
    server,
    known: createAnswerKnown({ snapshot, known, services, admit, audit: NOBODY_LISTENS, errorFormat }),
    documents: createDocuments({ manifest: new Map(), onlyPersisted: false }),
    errorFormat,
    labelOf: () => 'query',
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async close() {
      await app.close()
      await server.stop()
    },
  }
}

function servicesOf(sdl: string): Record<string, GraphQLDataSource & Answering> {
  const subgraphs = [...Supergraph.build(sdl, { validateSupergraph: false }).subgraphsMetadata().values()]
  return Object.fromEntries(subgraphs.map(({ name, url }) => [name, serviceAt(url)]))
}

function serviceAt(url: string): GraphQLDataSource & Answering {
  async function ask(question: Parameters<Answering['ask']>[0]): Promise<Answer> {
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(question) })
    const { data, errors } = v.parse(answer, await reply.json())
    return { ...(data !== undefined && { data }), ...(errors && { errors }) }
  }
  return { ask, process: ({ request: { query = '', variables = {} } }) => ask({ query, variables }) }
}

/** The gateway checks the values of its own scalars, and takes no graph without them. Nobody asks for these. */
function withOwnScalars(sdl: string): string {
  const graph = /enum join__Graph\s*\{\s*(\w+)/.exec(sdl)?.[1]
  const missing = Object.values(scalars).filter(({ name }) => !new RegExp(`\\bscalar ${name}\\b`).test(sdl))
  return [sdl, ...missing.map(({ name }) => `scalar ${name} @join__type(graph: ${graph})`)].join('\n')
}
