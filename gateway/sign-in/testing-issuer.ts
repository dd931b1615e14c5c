// A small OIDC issuer for tests, which may be away, and whose keys come and go.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

export interface TestIssuer {
  url: string
  /** How often its keys were fetched. */
  fetched(): number
  /** Its keys, as it publishes them. */
  keys: JWK[]
  /** What it says of itself beside the usual. */
  claimsToBe: object
  /** Adds a key, and signs with it from now on. */
  addKey(alg: string, kid: string): Promise<void>
  sign(claims: object, options?: { audience?: string; ttlSeconds?: number; kid?: string }): Promise<string>
  goAway(): Promise<void>
  comeBack(): Promise<void>
}

export async function startTestIssuer(audience: string): Promise<TestIssuer> {
  let fetched = 0
  let signer: { alg: string; kid: string; key: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'] } | undefined
  const server = createServer((request, response) => {
    const isKeys = request.url === '/keys'
    if (isKeys) fetched++
    const { url } = issuer
    const about = {
      issuer: url,
      jwks_uri: `${url}/keys`,
      authorization_endpoint: `${url}/a`,
      token_endpoint: `${url}/t`,
    }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(isKeys ? { keys: issuer.keys } : { ...about, ...issuer.claimsToBe }))
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  // A TCP server's address is no pipe's.
  const { port } = server.address() as AddressInfo
  const issuer: TestIssuer = {
    url: `http://127.0.0.1:${port}`,
    fetched: () => fetched,
    keys: [],
    claimsToBe: {},
    async addKey(alg, kid) {
      const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
      issuer.keys.push({ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' })
      signer = { alg, kid, key: privateKey }
    },
    sign(claims, options = {}) {
      if (!signer) throw new Error('The issuer has no key yet.')
      return new SignJWT({ iss: issuer.url, sub: 'carol', role: 'user', ...claims })
        .setProtectedHeader({ alg: signer.alg, kid: options.kid ?? signer.kid })
        .setAudience(options.audience ?? audience)
        .setExpirationTime(Math.floor(Date.now() / 1_000) + (options.ttlSeconds ?? 600))
        .sign(signer.key)
    },
    async goAway() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    comeBack: () => listen(port),
  }
  return issuer
}
