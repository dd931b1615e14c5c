// A gateway to test: real NATS, three small services over HTTP, keys and tokens of its own.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startTestNats } from '@constellation/local/testing.ts'
import { Lifecycle } from '@constellation/platform/lifecycle.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { connectNats } from '@constellation/platform/nats/nats.ts'
import { createClient, type FormattedExecutionResult } from 'graphql-ws'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { WebSocket } from 'ws'
import type { GatewayConfig } from '../config.ts'
import { type Gateway, startGateway } from '../server.ts'
import { startTestServices, type TestServices } from './services.ts'

interface TokenContent {
  sub?: string
  role?: string
  accounts?: unknown
  issuer?: string
  audience?: string
  /** Seconds from now. */
  ttl?: number
}

interface Answer {
  status: number
  headers: Headers
  body: {
    data?: Record<string, unknown> | null
    errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[]
  }
}

type Result = FormattedExecutionResult<Record<string, unknown>, Record<string, unknown>>

export interface TestGateway extends Gateway {
  services: TestServices
  keys: TestKeys
  natsUrl: string
  /** Tokens of principals of each name. */
  as(sub: string, role?: string): Promise<string>
  query(token: string, query: string, variables?: object): Promise<Answer>
  /** Results of a subscription as they come. */
  subscribe(token: string, query: string, variables?: Record<string, unknown>): AsyncIterableIterator<Result>
  /** Publishes to NATS as a service does. */
  publish(subject: string, payload: object): Promise<void>
  stop(): Promise<void>
}

const SECRET = 'a secret that only the tests know, long enough'

export type TestKeys = Awaited<ReturnType<typeof makeKeys>>

/** Keys in a file, as the stack's issuer writes them, and tokens signed with them. */
export async function makeKeys(folder: string, kid = 'test') {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const jwksFile = path.join(folder, 'jwks.json')
  const publish = async () => {
    const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }
    await writeFile(jwksFile, JSON.stringify({ keys: [jwk] }))
  }
  await publish()
  return {
    jwksFile,
    publish,
    sign({
      sub = 'alice',
      role = 'user',
      accounts = ['team-a'],
      issuer,
      audience,
      ttl = 600,
    }: TokenContent = {}): Promise<string> {
      return new SignJWT({ role, accounts })
        .setProtectedHeader({ alg: 'ES256', kid })
        .setSubject(sub)
        .setIssuer(issuer ?? 'constellation-local')
        .setAudience(audience ?? 'constellation')
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + ttl)
        .sign(privateKey)
    },
  }
}

/** Starts all of it. `settings` override the configuration. */
export async function startTestGateway(
  settings: Partial<GatewayConfig> = {},
  log = createLogger('test', 'silent'),
): Promise<TestGateway> {
  const folder = await mkdtemp(path.join(tmpdir(), 'constellation-gateway-'))
  const lifecycle = new Lifecycle(log)
  lifecycle.onStop('the folder', () => rm(folder, { recursive: true }))
  const keys = await makeKeys(folder)
  const natsUrl = settings.NATS_URL ?? (await startNats(lifecycle))
  const services = await startTestServices(SECRET, log)
  lifecycle.onStop('the services', () => services.stop())
  const gateway = await startGateway({ ...defaults(services, natsUrl, keys.jwksFile), ...settings }, log, lifecycle)
  let publisher: ReturnType<typeof connectNats> | undefined
  lifecycle.onStop('the publisher', async () => (await publisher)?.close())
  return {
    ...gateway,
    services,
    keys,
    natsUrl,
    as: (sub, role = 'user') => keys.sign({ sub, role }),
    query: (token, query, variables) => post(gateway.url, token, { query, variables }),
    subscribe: (token, query, variables) => subscribe(gateway.url, token, query, variables),
    async publish(subject, payload) {
      publisher ??= connectNats(natsUrl, 'test')
      const connection = await publisher
      connection.publish(subject, JSON.stringify(payload))
      await connection.flush()
    },
    stop: () => lifecycle.stop(),
  }
}

async function startNats(lifecycle: Lifecycle): Promise<string> {
  const nats = await startTestNats()
  lifecycle.onStop('NATS', () => nats.stop())
  return nats.servicesUrl
}

function defaults(services: TestServices, natsUrl: string, jwksFile: string): GatewayConfig {
  return {
    HOST: '127.0.0.1',
    PORT: 0,
    NATS_URL: natsUrl,
    GATEWAY_SECRET: SECRET,
    LOG_LEVEL: 'silent',
    JOBS_URL: services.urls.jobs,
    GPUS_URL: services.urls.gpus,
    USAGE_URL: services.urls.usage,
    JWKS_FILE: jwksFile,
    WORKER_TOKEN_KEY_FILE: undefined,
    WORKER_NATS_KEY_FILE: undefined,
    ALLOWED_ORIGINS: [],
    TRUSTED_PROXIES: [],
    ALLOWED_DOCUMENTS: 'any',
    INTROSPECTION: undefined,
    NODE_ENV: undefined,
    RATE_PER_SECOND: 5_000_000,
    RATE_BURST: 50_000_000,
    CONNECTIONS_PER_PRINCIPAL: 100,
    SUBSCRIPTIONS_PER_PRINCIPAL: 500,
    TOKEN_ISSUER: 'constellation-local',
    TOKEN_AUDIENCE: 'constellation',
    SUPERGRAPH_FILE: undefined,
    OIDC_ISSUER: undefined,
    OIDC_AUDIENCE: undefined,
    OIDC_CLIENT_ID: undefined,
    OIDC_SCOPE: 'openid',
    OIDC_SUBJECT_CLAIM: 'sub',
    OIDC_ROLE_CLAIM: 'role',
    OIDC_ACCOUNTS_CLAIM: 'accounts',
    AUDIT_FILE: undefined,
    WEB_DIR: undefined,
    HEALTH_NEEDS_WORKER: false,
    EXIT_WITH_PARENT: false,
  }
}

async function post(url: string, token: string, body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) })
  const answer: Answer['body'] = JSON.parse(await response.text())
  return { status: response.status, headers: response.headers, body: answer }
}

function subscribe(
  url: string,
  token: string,
  query: string,
  variables: Record<string, unknown> = {},
): AsyncIterableIterator<Result> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { token },
    retryAttempts: 0,
  })
  const results = client.iterate<Record<string, unknown>, Record<string, unknown>>({ query, variables })
  return {
    next: () => results.next(),
    async return() {
      await results.return?.()
      await client.dispose()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

const ROOTS = {
  query: '{ gpus { nodes { ...f0 } } }',
  mutation: 'mutation { cancelJob(id: "x") { job { runs { gpus { ...f0 } } } } }',
  subscription: 'subscription { jobChanged(id: "x") { runs { gpus { ...f0 } } } }',
}

/** How often it goes around the cycle: as often as the depth allows. */
const TURNS = 5

/** A small operation that asks for the GPUs of the workers of GPUs, again and again and each time twice. */
export function attack(root: keyof typeof ROOTS = 'query'): string {
  const turns = Array.from({ length: TURNS }, (_, i) => {
    const inside = `...f${i + 1}`
    return `fragment f${i} on Gpu { worker { a: gpus { ${inside} } b: gpus { ${inside} } } }`
  })
  return [ROOTS[root], ...turns, `fragment f${TURNS} on Gpu { id uuid name state }`].join(' ')
}

/** The next result of a subscription. */
export async function nextOf<Value>(results: AsyncIterator<Value>): Promise<Value> {
  const { done, value } = await results.next()
  if (done) throw new Error('The subscription ended.')
  return value
}
