// GET /app/sign-in.json: where the page's people sign in, for everybody; and which server the page may speak to for it.
import type { FastifyInstance } from 'fastify'
import type { Oidc } from './oidc.ts'

/**
 * Serves what the page needs to sign somebody in by the code flow: `{ "oidc": null }` where it cannot, and 503 while
 * the issuer does not say where that is done. There is nothing secret in it: the page is a public client.
 */
export function serveSignIn(app: FastifyInstance, oidc: Oidc | undefined): void {
  app.get('/app/sign-in.json', { config: { public: true } }, async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    return { oidc: oidc?.clientId === undefined ? null : await describe({ ...oidc, clientId: oidc.clientId }) }
  })
}

async function describe({ discovery, clientId, audience, scope }: Oidc & { clientId: string }) {
  const found = await discovery.read()
  return {
    issuer: found.issuer,
    clientId,
    // The token that names somebody is meant for the client; where the graph is an audience of its own, the page
    // asks for a token for that.
    audience: audience === clientId ? null : audience,
    scope,
    authorizationEndpoint: found.authorization_endpoint,
    tokenEndpoint: found.token_endpoint,
    endSessionEndpoint: found.end_session_endpoint ?? null,
  }
}

/** The origin at which the page exchanges codes for tokens, once it is known. */
export function tokenOrigin(oidc: Oidc | undefined): string | undefined {
  if (oidc?.clientId === undefined) return undefined
  return new URL(oidc.discovery.known()?.token_endpoint ?? oidc.issuer).origin
}
