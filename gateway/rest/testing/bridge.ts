// For tests: the REST bridge on a port of its own, before a graph in memory. Each answer is held against the contract.
import type { AddressInfo } from 'node:net'
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { Ajv } from 'ajv'
import Fastify from 'fastify'
import { routeUpgrades } from '../../http/upgrade.ts'
import type { Graph } from '../../operations/graph.ts'
import { requireToken } from '../../sign-in/require-token.ts'
import type { Authenticate } from '../../sign-in/signed.ts'
import { readContract } from '../contract.ts'
import { registerRest } from '../plugin.ts'
import { answerErrors, HttpProblem } from '../problem.ts'
import { createExportFiles } from '../usage/export-files.ts'
import { createWorld } from './world.ts'

const ALICE: Principal = { id: 'alice', role: 'user', accounts: ['team-a'] }

/** Takes the token `alice`, and `short`, which ends after 200 ms. */
const authenticate: Authenticate = async (token) => {
  const lifeMs = new Map([
    ['alice', 3_600_000],
    ['short', 200],
  ]).get(token)
  if (lifeMs === undefined) throw new ConstellationError('UNAUTHENTICATED', 'The token is not valid.')
  return { principal: ALICE, expiresAt: Date.now() + lifeMs }
}

export interface Call {
  method?: string
  headers?: Record<string, string>
  /** Sent as JSON. */
  json?: unknown
  /** Sent as it is. */
  body?: string
  /** No token is sent with null. */
  token?: string | null
}

export interface Answered {
  status: number
  headers: Headers
  text: string
  // What a test looks into is its own business: it fails where the shape is another.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  json: any
}

export type Bridge = Awaited<ReturnType<typeof startBridge>>

export async function startBridge(
  limits: Parameters<typeof registerRest>[1]['limits'] = {},
  /** Where the usage service answers. */
  usageUrl = 'http://127.0.0.1:9',
) {
  const exportFiles = createExportFiles(usageUrl)
  let world = createWorld()
  const graph: Graph = {
    execute: (document, variables, who) => world.graph.execute(document, variables, who),
    subscribe: (document, variables, who) => world.graph.subscribe(document, variables, who),
  }
  const log = createLogger('test', 'silent')
  const app = Fastify({ forceCloseConnections: 'idle', routerOptions: { maxParamLength: 1_024 } })
  const handleError = answerErrors(log)
  app.setErrorHandler(handleError)
  app.setNotFoundHandler((request, reply) => handleError(new HttpProblem(404, 'Nothing here.'), request, reply))
  requireToken(app, authenticate)
  const stream = await registerRest(app, { graph, authenticate, log, exportFiles, limits })
  routeUpgrades(app.server, { '/stream': stream.accept })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address: AddressInfo | string | null = app.server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  const url = `http://127.0.0.1:${address.port}`

  /** The answer as it begins; its body is the test's to read. */
  async function open(path: string, { method = 'GET', headers = {}, json, body, token = 'alice' }: Call = {}) {
    const sent = json === undefined ? body : JSON.stringify(json)
    return await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent !== undefined && { body: sent }),
    })
  }

  return {
    get world() {
      return world
    },
    /** Forgets every job. */
    newWorld() {
      world = createWorld()
    },
    url,
    open,
    async call(path: string, call: Call = {}): Promise<Answered> {
      const response = await open(path, call)
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json') && text !== ''
      const answered = {
        status: response.status,
        headers: response.headers,
        text,
        json: isJson ? JSON.parse(text) : undefined,
      }
      checkAnswer(call.method ?? 'GET', path, answered)
      return answered
    },
    app,
    async close() {
      await stream.close()
      await exportFiles.close()
      const closed = app.close()
      // fetch may hold a connection open over which it has asked nothing yet.
      app.server.closeAllConnections()
      await closed
    },
  }
}

const contract = JSON.parse(JSON.stringify(readContract()))
const headerAjv = new Ajv({ strict: false, coerceTypes: true })
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false }).addSchema(contract, 'contract')

/** Throws where the contract does not have this answer. Methods and paths that it does not have are left alone. */
function checkAnswer(method: string, path: string, { status, headers, json }: Answered): void {
  const template = templateOf(path.split('?')[0] ?? '')
  const operation = template === undefined ? undefined : contract.paths[template]?.[method.toLowerCase()]
  if (!operation) return
  const type = headers.get('content-type')?.split(';')[0] ?? ''
  const found = operation.responses[status]
  if (!found) throw new Error(`The contract has no answer ${status} for ${method} ${path}.`)
  const pointer = found.$ref ?? `#/paths/${pointerTo(template ?? '')}/${method.toLowerCase()}/responses/${status}`
  const described = found.$ref ? contract.components.responses[found.$ref.split('/').at(-1)] : found
  checkHeaders(`${method} ${path} ${status}`, described.headers ?? {}, headers)
  const { content } = described
  if (!content) return
  if (!content[type]) throw new Error(`The contract has no ${type} in the answer ${status} of ${method} ${path}.`)
  if (json === undefined) return
  const isRight = ajv.validate({ $ref: `contract${pointer}/content/${pointerTo(type)}/schema` }, json)
  if (!isRight) throw new Error(`${method} ${path} ${status}: ${ajv.errorsText()}\n${JSON.stringify(json)}`)
}

/** Headers by which a client goes on: the contract must know of each that is sent, and have it as it is. */
const TELLING = ['etag', 'link', 'location', 'retry-after', 'idempotency-replayed']

function checkHeaders(at: string, described: Record<string, { $ref?: string; schema?: object }>, sent: Headers): void {
  const schemas = new Map(
    Object.entries(described).map(([name, { $ref, schema }]) => {
      const found = $ref ? contract.components.headers[$ref.split('/').at(-1) ?? ''].schema : schema
      return [name.toLowerCase(), found]
    }),
  )
  for (const name of TELLING) {
    const value = sent.get(name)
    if (value === null) continue
    const schema = schemas.get(name)
    if (!schema) throw new Error(`The contract has no header ${name} in ${at}.`)
    if (!headerAjv.validate(schema, value)) throw new Error(`${at} ${name}: ${value}: ${headerAjv.errorsText()}`)
  }
}

function templateOf(path: string): string | undefined {
  return Object.keys(contract.paths)
    .toSorted((a, b) => a.split('{').length - b.split('{').length)
    .find((template) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]*')}$`).test(path))
}

function pointerTo(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))
}
