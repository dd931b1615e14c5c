// Who leaves calls off what they asked: from the client through the gateway, a process of its own, to DuckDB.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '@constellation/local/free-port.ts'
import { MAINS } from '@constellation/local/stack/stack-parts.ts'
import { makeTestHome, removeTestHome } from '@constellation/local/testing/test-home.ts'
import { startTestNats, type TestNats } from '@constellation/local/testing.ts'
import { loadIssuer } from '@constellation/local/tokens/keys.ts'
import { mintToken, TOKEN_ISSUER } from '@constellation/local/tokens/token.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { startSubgraph } from '@constellation/platform/subgraph/subgraph.ts'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createContext, createSurroundings } from './context.ts'
import { type Analyst, startAnalyst } from './lake/ask.ts'
import { resolvers } from './resolvers.ts'
import { RULES } from './rules.ts'
import { forTests, type Ledger, openLake, openLedger } from './testing.ts'

const SECRET = 'a secret that only the tests know, long enough'
const log = createLogger('test', 'silent')
/** Less than the gateway waits for an answer, after which it would call the question off by itself. */
const LIMIT_MS = 8_000

let ledger: Ledger
let lake: Awaited<ReturnType<typeof openLake>>
let analyst: Analyst
let subgraph: Awaited<ReturnType<typeof startSubgraph>>
let nats: TestNats
let home: string
let gateway: ChildProcess
let url: string
let token: string
/** Questions that have come to the analyst and are not answered. */
let asked = 0

/** Whatever is asked takes for ever, one question at a time: the next has its turn when the one before is gone. */
const endless: Pick<Analyst, 'ask'> = {
  async ask(_question, options) {
    asked += 1
    const select = `SELECT count(*) FROM range(10000000000) a, range(1000) b WHERE a.range <> ${asked}`
    return analyst.ask({ select, values: [] }, options)
  },
}

beforeAll(async () => {
  home = await makeTestHome()
  ledger = await openLedger()
  lake = await openLake(ledger.pool)
  const { directory, pool } = lake.lake
  analyst = startAnalyst({ directory, pool, log, limits: { memoryMb: 128, threads: 2 }, atATime: 1 })
  nats = await startTestNats()
  subgraph = await startSubgraph({
    name: 'usage',
    resolvers,
    rules: RULES,
    context: (who, gone) => createContext(createSurroundings(ledger, endless, forTests), who, gone),
    checks: {},
    config: { HOST: '127.0.0.1', PORT: 0, GATEWAY_SECRET: SECRET },
    log,
  })
  const issuer = await loadIssuer(home)
  token = await mintToken(issuer, { subject: 'ann', role: 'analyst', accounts: [], ttlSeconds: 600 })
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  // What would be the other services is not there.
  const others = `http://127.0.0.1:${await freePort()}`
  gateway = spawn(process.execPath, [MAINS.gateway], {
    env: {
      ...{ HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'silent', NATS_URL: nats.servicesUrl, TOKEN_ISSUER },
      ...{ JOBS_URL: others, GPUS_URL: others, USAGE_URL: subgraph.url, GATEWAY_SECRET: SECRET },
      ...{ JWKS_FILE: issuer.jwksFile, EXIT_WITH_PARENT: 'true', APOLLO_TELEMETRY_DISABLED: '1' },
    },
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  await vi.waitFor(() => fetch(`${url}/live`), { timeout: 60_000, interval: 50 })
}, 90_000)
afterAll(async () => {
  if (gateway?.kill()) await once(gateway, 'exit')
  await subgraph?.stop()
  await analyst?.stop()
  await nats?.stop()
  await lake?.close()
  await ledger?.close()
  await removeTestHome(home)
})
beforeEach(() => {
  asked = 0
})

const QUESTION = '{ usage(groupBy: [USER]) { rowCount } }'
const isAsked = (times = 1) => vi.waitFor(() => expect(asked).toBe(times), { timeout: LIMIT_MS })
/** The analyst answers one question at a time: this is answered when what was asked is gone. */
const isGone = async () => {
  const { rows } = await analyst.ask({ select: 'SELECT 1::INTEGER AS n', values: [] })
  expect(rows).toEqual([{ n: 1 }])
}

function askOverHttp(query = QUESTION): AbortController {
  const leaving = new AbortController()
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const asking = { method: 'POST', headers, body: JSON.stringify({ query }), signal: leaving.signal }
  fetch(`${url}/graphql`, asking).catch(() => {})
  return leaving
}

async function askOverSocket(): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { token } }))
  await once(socket, 'message')
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: QUESTION } }))
  return socket
}

test('a request that is broken off calls its question off', { timeout: LIMIT_MS }, async () => {
  const leaving = askOverHttp()
  await isAsked()
  leaving.abort()
  await isGone()
})

test('so does one over REST', { timeout: LIMIT_MS }, async () => {
  const leaving = new AbortController()
  const asking = { headers: { authorization: `Bearer ${token}` }, signal: leaving.signal }
  fetch(`${url}/usage/leaderboard`, asking).catch(() => {})
  await isAsked()
  leaving.abort()
  await isGone()
})

test('an operation that is completed over a socket calls its question off', { timeout: LIMIT_MS }, async () => {
  const socket = await askOverSocket()
  await isAsked()
  socket.send(JSON.stringify({ id: '1', type: 'complete' }))
  await isGone()
  expect(socket.readyState).toBe(WebSocket.OPEN)
  socket.close()
})

test('so does a socket that closes', { timeout: LIMIT_MS }, async () => {
  const socket = await askOverSocket()
  await isAsked()
  socket.close()
  await isGone()
})

test('questions that went to the service together are gone when all who asked them are', {
  timeout: LIMIT_MS,
}, async () => {
  const query = '{ a: usage(groupBy: [USER]) { rowCount } b: usage(groupBy: [MODEL]) { rowCount } }'
  const [one, other] = [askOverHttp(query), askOverHttp()]
  await isAsked(3)
  one.abort()
  const next = isGone()
  expect(await Promise.race([next, new Promise((resolve) => setImmediate(() => resolve('goes on')))])).toBe('goes on')
  other.abort()
  await next
})
