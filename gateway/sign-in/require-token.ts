// Who asks: every route needs a token, unless it says that it is public.
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { FastifyInstance } from 'fastify'
import type { Authenticate, Signed } from './signed.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks. Not there on public routes. */
    principal: Principal
    /** The same with how long that holds. */
    signed: Signed
  }
  interface FastifyContextConfig {
    /** True where nobody needs to be signed in. */
    public?: boolean
  }
}

/** Sets `request.principal` on each request. Without a token that holds the request fails as UNAUTHENTICATED. */
export function requireToken(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('principal')
  app.decorateRequest('signed')
  // This runs for paths without a route too: strangers learn nothing about which paths there are.
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.public) return
    const token = bearerToken(request.headers.authorization)
    if (token === undefined) throw new ConstellationError('UNAUTHENTICATED', 'Sign in: this needs a bearer token.')
    request.signed = await authenticate(token, request.ip)
    request.principal = request.signed.principal
  })
}

/** The token in an `Authorization` header, if there is one. */
export function bearerToken(header: unknown): string | undefined {
  return typeof header === 'string' ? /^Bearer +([\w~+/.-]+=*) *$/i.exec(header)?.[1] : undefined
}
