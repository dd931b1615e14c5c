// A real OIDC provider for the tests of signing in, with a form that takes every name.
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration } from 'oidc-provider'

export const CLIENT_ID = 'constellation-page'

interface TestProvider {
  issuer: string
  /** Lets the page at this address use it. Until then it answers nobody. */
  serve(pageUrl: string): void
  stop(): Promise<void>
}

/** `ttlSeconds` is how long its tokens hold. */
export async function startOidcProvider(ttlSeconds: number): Promise<TestProvider> {
  const server = createServer((_request, response) => response.writeHead(503).end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is no pipe's.
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  return {
    issuer,
    serve(pageUrl) {
      const provider = new Provider(issuer, configuration(pageUrl, ttlSeconds))
      server.removeAllListeners('request')
      server.on('request', provider.callback())
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function configuration(pageUrl: string, ttlSeconds: number): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  return {
    clients: [
      {
        client_id: CLIENT_ID,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
        // A native client's loopback addresses hold for every port: the terminal comes back to one.
        application_type: 'native',
        response_types: ['code'],
        redirect_uris: [`${pageUrl}/app/signed-in`, 'http://127.0.0.1/signed-in'],
        post_logout_redirect_uris: [`${pageUrl}/app/`],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'test', alg: 'RS256', use: 'sig' }] },
    findAccount: async (_context, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, groups: ['staff', 'operator'], teams: ['team-a'] }),
    }),
    claims: { openid: ['sub', 'groups', 'teams'] },
    // In the token itself, not only at the issuer's userinfo.
    conformIdTokenClaims: false,
    clientBasedCORS: () => true,
    cookies: { keys: ['of the tests alone'] },
    features: { rpInitiatedLogout: { enabled: true }, deviceFlow: { enabled: true } },
    ttl: {
      IdToken: ttlSeconds,
      AccessToken: ttlSeconds,
      RefreshToken: 3_600,
      Session: 3_600,
      Grant: 3_600,
      Interaction: 600,
    },
  }
}
