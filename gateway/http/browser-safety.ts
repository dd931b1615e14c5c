// What protects people's browsers: headers on every answer, and which pages of other sites may ask.
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** For every answer; the page and the documentation replace the policy by their own. */
const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

/** What scripts of allowed pages may send, and read, besides what every script may. */
const SENT =
  'authorization, content-type, idempotency-key, if-match, if-none-match, last-event-id, traceparent, x-request-id'
const READ = 'etag, link, location, retry-after, www-authenticate, x-request-id'
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE'
const REMEMBER_SECONDS = 600

/**
 * Sets the headers of every answer, and answers the questions that browsers ask for pages of `allowedOrigins`.
 * Add it before what asks for a token: such a question comes without one. Nothing here takes cookies, so another
 * site's page that is not allowed can send, but as nobody.
 */
export function guardBrowsers(app: FastifyInstance, allowedOrigins: ReadonlySet<string>): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS)
    if (allowedOrigins.size === 0) return
    reply.header('vary', 'Origin')
    const { origin } = request.headers
    if (origin === undefined || !allowedOrigins.has(origin)) return
    reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': READ })
    if (!isPreflight(request)) return
    reply.headers({
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': SENT,
      'access-control-max-age': REMEMBER_SECONDS,
    })
    return reply.code(204).send()
  })
}

function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

/**
 * True where a page of this origin may open a socket to this host: it is ours, or allowed, or no page at all, since
 * only browsers send an Origin.
 */
export function mayOpenSocket(
  { origin, host }: { origin?: string | undefined; host?: string | undefined },
  allowedOrigins: ReadonlySet<string>,
): boolean {
  if (origin === undefined || allowedOrigins.has(origin)) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
