// POST /worker-token: a worker on a machine elsewhere exchanges the token that it was enrolled with for one of an hour, and gets as much of NATS as is its own.
// Only the long one is kept on its disk, and it can be revoked; what travels with each request soon ends.
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { makeNatsUser, toPassword } from '@constellation/platform/nats/nats-credentials.ts'
import { natsUserOf } from '@constellation/platform/nats/worker-permissions.ts'
import type { FastifyInstance } from 'fastify'
import { importJWK, type JWK, SignJWT } from 'jose'
import * as v from 'valibot'
import type { GatewayConfig } from '../config.ts'
import { refusal } from './refusal.ts'
import { bearerToken } from './require-token.ts'
import type { Authenticate } from './signed.ts'

const TTL_SECONDS = 3_600

type Mint = (workerId: string) => Promise<string>

/** How a worker logs in to NATS: its user, and in place of a password what that user shows. */
interface NatsLogin {
  user: string
  password: string
}
type MintNats = (workerId: string) => NatsLogin

const natsKey = v.object({
  account: v.pipe(v.string(), v.regex(/^A[A-Z2-7]{55}$/)),
  seed: v.pipe(v.string(), v.regex(/^SA[A-Z2-7]{56}$/)),
})
/** Credentials of NATS outlast the token for as long as the next one may take, in seconds: the server ends connections with them. */
const NATS_MARGIN_SECONDS = 300

/**
 * Makes credentials of NATS for workers, or undefined where no key is given. What workers may say and hear is the scope
 * of the key, which the server holds them to. @throws Error where that is none
 */
export async function createNatsMint({ WORKER_NATS_KEY_FILE: file }: GatewayConfig): Promise<MintNats | undefined> {
  if (file === undefined) return undefined
  const { account, seed } = v.parse(natsKey, JSON.parse(await readFile(file, 'utf8')))
  return (workerId) => {
    const expiresAt = Date.now() + (TTL_SECONDS + NATS_MARGIN_SECONDS) * 1_000
    return {
      user: natsUserOf(workerId),
      password: toPassword(makeNatsUser(seed, { name: workerId, account, expiresAt })),
    }
  }
}

/** Signs workers' tokens as the stack's own issuer, or undefined where no key is given. @throws Error where that is none */
export async function createMint(config: GatewayConfig): Promise<Mint | undefined> {
  if (config.WORKER_TOKEN_KEY_FILE === undefined) return undefined
  const jwk: JWK = JSON.parse(await readFile(config.WORKER_TOKEN_KEY_FILE, 'utf8'))
  const { alg = 'ES256', kid = '' } = jwk
  const key = await importJWK(jwk, alg)
  return (workerId) =>
    new SignJWT({ role: 'worker', accounts: [] })
      .setProtectedHeader({ alg, kid, typ: 'JWT' })
      .setIssuer(config.TOKEN_ISSUER)
      .setAudience(config.TOKEN_AUDIENCE)
      .setSubject(workerId)
      .setIssuedAt()
      .setExpirationTime(`${TTL_SECONDS}s`)
      .setJti(randomUUID())
      .sign(key)
}

/** Serves the exchange. */
export function serveWorkerTokens(
  app: FastifyInstance,
  checkEnrolment: Authenticate,
  { mint, mintNats }: { mint: Mint | undefined; mintNats: MintNats | undefined },
): void {
  // Public, as the token that is shown here is taken nowhere else.
  app.post('/worker-token', { config: { public: true }, bodyLimit: 1_024 }, async (request, reply) => {
    const shown = bearerToken(request.headers.authorization)
    if (shown === undefined) throw refusal('Sign in: this needs a bearer token.')
    const { principal } = await checkEnrolment(shown, request.ip)
    if (!mint) throw new ConstellationError('UNAVAILABLE', 'This gateway has no key for tokens of workers.')
    reply.header('cache-control', 'no-store')
    const nats = mintNats?.(principal.id)
    return { token: await mint(principal.id), expires_in: TTL_SECONDS, ...(nats && { nats }) }
  })
}
