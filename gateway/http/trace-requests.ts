// Each request has an id, which every line of every log has that comes of it, and is the beginning of a trace or, where it
// comes of our own page or of a worker, a part of one.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { goneWith } from '@constellation/platform/subgraph/gone.ts'
import {
  beginWork,
  currentWork,
  isTraceparent,
  isTracing,
  openSpan,
  type Work,
} from '@constellation/platform/tracing/trace.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'

const REQUEST_ID = /^[\w.-]{1,64}$/

/** What a client calls its request, where that is such as ours are; else a new id. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}

/** To be added before whatever else handles requests: all of that is done for the request. */
export function traceRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    if (isStream(request)) return done()
    const work: Work = { requestId: request.id }
    beginWork(work, done)
  })
}

/**
 * To be added behind the sign-in: strangers begin no traces. A person's own page and workers go on with theirs, and anybody
 * else begins a new one, linked with what was named: a trace that others can name would be theirs to fill.
 */
export function traceSignedIn(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const work = currentWork()
    if (!work || request.principal === undefined) return done()
    // Of this request alone, so that nothing has to be made anew.
    work.user = request.principal.id
    // Who signs in at the same time shares what is asked of the token: only what comes after that is called off.
    work.gone = goneWith(reply.raw)
    if (!isTracing()) return done()
    const given = request.headers.traceparent
    const named = isTraceparent(given) ? given : undefined
    const span = openSpan(`${request.method} ${request.routeOptions.url ?? 'none'}`, {
      ...(isOurs(request) ? { parent: named } : { link: named }),
      // A worker asks all the time: only what it does for a job that is traced is told of.
      root: request.principal.role !== 'worker',
      kind: 'server',
      attributes: { 'constellation.user': request.principal.id, 'constellation.request_id': request.id },
    })
    reply.raw.once('close', () => span?.end(reply.statusCode >= 500 ? `status ${reply.statusCode}` : undefined))
    work.traceparent = span?.traceparent
    done()
  })
}

/** What is done for whoever watches is done for others too, and long after the request: it is nobody's in particular. */
function isStream({ headers: { accept } }: FastifyRequest): boolean {
  return accept?.includes('text/event-stream') === true
}

/** Browsers say which site a request comes from, and let no page say otherwise. */
function isOurs({ headers, principal }: FastifyRequest): boolean {
  return principal.role === 'worker' || headers['sec-fetch-site'] === 'same-origin'
}
