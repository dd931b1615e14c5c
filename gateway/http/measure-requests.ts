// How long requests take and how many there are, told apart by labels of few values: whatever strangers make up is one of them.
import type { FastifyInstance } from 'fastify'
import { httpSeconds, operationSeconds, requestsInFlight } from '../metrics.ts'

/** Routes whose answers go on for as long as somebody watches. */
const STREAMS = /stream$/
const GRAPHQL = '/graphql'

/** Measures every request but those to the graph, which are measured by `measureOperation`. */
export function measureRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, _reply, done) => {
    requestsInFlight.inc()
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    requestsInFlight.dec()
    const route = request.routeOptions.url ?? 'none'
    if (route !== GRAPHQL && !STREAMS.test(route) && !isStream(reply.getHeader('content-type'))) {
      const status = `${Math.floor(reply.statusCode / 100)}xx`
      httpSeconds.observe({ method: request.method, route, status }, reply.elapsedTime / 1_000)
    }
    done()
  })
}

function isStream(type: unknown): boolean {
  return typeof type === 'string' && type.startsWith('text/event-stream')
}

/** The name of an operation where it is one of `names`, and else its kind. */
export type OperationLabel = (name: string | undefined, query: string | undefined) => string

const NAMED = /^\s*(query|mutation|subscription)\b\s*(\w*)/

/** Knows the names of the operations in these documents. */
export function createOperationLabel(documents: Iterable<string>): OperationLabel {
  const names = new Set([...documents].flatMap((text) => NAMED.exec(text)?.[2] || []))
  return (name, query = '') => {
    if (name !== undefined && names.has(name)) return name
    const [, kind = 'query', written = ''] = NAMED.exec(query) ?? []
    return name === undefined && names.has(written) ? written : kind
  }
}

/** `began` is an instant of `performance.now()`. */
export function measureOperation(operation: string, began: number, status: number): void {
  const outcome = status < 400 ? 'ok' : status < 500 ? 'refused' : 'failed'
  operationSeconds.observe({ operation, outcome }, (performance.now() - began) / 1_000)
}
