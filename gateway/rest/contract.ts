// The contract, schema/openapi.yaml, and what follows from it for the routes.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RouteOptions } from 'fastify'

export const CONTRACT_FILE = fileURLToPath(new URL('../../schema/generated/openapi.json', import.meta.url))

/** Bodies of more than this are refused with 413, in bytes. */
const BODY_LIMIT_BYTES = 1_048_576

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const

interface Operation {
  operationId: string
  security?: readonly object[]
  responses?: Readonly<Record<string, { content?: object }>>
  /** True where something else answers this path. */
  'x-no-fastify-config'?: boolean
}

type Path = { [Method in (typeof METHODS)[number]]?: Operation }

/** As much of an OpenAPI document as is looked at here. */
export interface Contract {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Path>
}

/** The contract as it is served. */
export function readContract(): Contract {
  return JSON.parse(readFileSync(CONTRACT_FILE, 'utf8'))
}

/**
 * The contract without its answers. They come from mapped and typed values, and the tests hold them
 * against the contract; routes made from this only serialise them.
 */
export function requestsOf(contract: Contract): Contract {
  const requests = structuredClone(contract)
  for (const path of Object.values(requests.paths)) {
    for (const operation of operationsOf(path)) delete operation.responses
  }
  return requests
}

/** The ids of the operations for which nobody needs to be signed in. */
export function publicOperations(contract: Contract): Set<string> {
  const operations = Object.values(contract.paths).flatMap(operationsOf)
  return new Set(operations.filter(({ security }) => security?.length === 0).map(({ operationId }) => operationId))
}

/** The media types in which each operation answers when it succeeds, by its id; none where a browser may be sent elsewhere. */
export function typesOfAnswers(contract: Contract): Map<string, string[]> {
  const operations = Object.values(contract.paths).flatMap(operationsOf)
  return new Map(operations.map(({ operationId, responses = {} }) => [operationId, typesIn(responses)]))
}

function typesIn(responses: NonNullable<Operation['responses']>): string[] {
  if (responses[303]) return []
  const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'))
  return [...new Set(successes.flatMap(([, { content = {} }]) => Object.keys(content)))]
}

/** Each path of ours, as Fastify writes it, and the methods that it has, such as `GET`. */
export function methodsByPath(contract: Contract): { url: string; methods: string[] }[] {
  return Object.entries(contract.paths)
    .filter(([, path]) => operationsOf(path).every((operation) => !operation['x-no-fastify-config']))
    .map(([path, operations]) => {
      const methods = METHODS.filter((method) => operations[method]).map((method) => method.toUpperCase())
      return {
        url: path.replace(/\{(\w+)\}/g, ':$1'),
        methods: methods.includes('GET') ? ['HEAD', ...methods] : methods,
      }
    })
}

/**
 * Closes what OpenAPI leaves open in a route made from the contract: query parameters that are not
 * described, bodies of other types, and headers' names in another case.
 */
export function tighten(route: RouteOptions, isPublic: ReadonlySet<unknown>): void {
  const { operationId, body, querystring, headers, ...schema } = fields(route.schema)
  if (typeof operationId !== 'string') return
  route.schema = {
    ...schema,
    operationId,
    querystring: { type: 'object', properties: {}, ...fields(querystring), additionalProperties: false },
    // Without this, a body whose type has no schema would not be checked.
    ...(body !== undefined && { body: fields(fields(fields(body).content)['application/json']).schema }),
    ...(headers !== undefined && { headers: withLowerCaseNames(fields(headers)) }),
  }
  route.bodyLimit = BODY_LIMIT_BYTES
  route.config = { ...route.config, public: isPublic.has(operationId) }
}

function operationsOf(path: Path): Operation[] {
  return METHODS.flatMap((method) => path[method] ?? [])
}

function withLowerCaseNames(schema: Record<string, unknown>): Record<string, unknown> {
  const properties = Object.entries(fields(schema.properties)).map(([name, value]) => [name.toLowerCase(), value])
  return { ...schema, properties: Object.fromEntries(properties) }
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
