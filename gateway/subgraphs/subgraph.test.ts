import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { type Principal, vouchedPrincipal } from '@constellation/platform/identity.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { afterEach, expect, test, vi } from 'vitest'
import { createSubgraph, type Subgraph } from './subgraph.ts'

const SECRET = 'a secret that only the tests know, long enough'
const who: Principal = { id: 'alice', role: 'user', accounts: ['team-a'] }

let server: Server | undefined
let subgraph: Subgraph | undefined

afterEach(async () => {
  await subgraph?.close()
  server?.closeAllConnections()
  server?.close()
})

/** The subgraph that answers so. */
async function answering(answer: RequestListener, line?: { inLine: number; patienceMs: number }): Promise<Subgraph> {
  server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  subgraph = createSubgraph({
    name: 'jobs',
    url: `http://127.0.0.1:${port}`,
    secret: SECRET,
    log: createLogger('test', 'silent'),
    ...(line && { line }),
  })
  return subgraph
}

const ask = (asked: Subgraph, query = '{ job { id } }') => asked.ask({ query, variables: { a: 1 } }, who)

const unavailable = (reason: string) => ({
  errors: [{ message: `The jobs service ${reason}. Try again later.`, extensions: { code: 'UNAVAILABLE' } }],
})

test('a question carries the principal, signed together with its body', async () => {
  let seen: unknown
  const asked = await answering(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    seen = { who: vouchedPrincipal(SECRET, request.headers, body), url: request.url, body: JSON.parse(body) }
    response.end('{"data":{"job":null}}')
  })
  expect(await ask(asked)).toEqual({ data: { job: null } })
  expect(seen).toEqual({ who, url: '/graphql', body: { query: '{ job { id } }', variables: { a: 1 } } })
})

test('claims that wait for each other stand before nothing but claims', async () => {
  const claims: ServerResponse[] = []
  const asked = await answering(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    if (body.includes('claimRuns')) claims.push(response)
    else response.end('{"data":{"job":null}}')
  })
  // Each in a turn of its own, as those of different workers are.
  const waiting: Promise<unknown>[] = []
  for (let i = 0; i < 200; i++) {
    waiting.push(ask(asked, 'mutation { claimRuns(input: {}) { runs { runId } } }'))
    await new Promise(setImmediate)
  }
  await vi.waitFor(() => expect(claims.length).toBeGreaterThan(8))
  expect(await ask(asked)).toEqual({ data: { job: null } })
  expect(claims.length).toBeLessThanOrEqual(16)
  await asked.close()
  await Promise.all(waiting)
})

test('errors keep their code and path, and not their place in a text that the client has not written', async () => {
  const error = { message: 'no', path: ['job'], extensions: { code: 'FORBIDDEN' } }
  const asked = await answering((_, response) =>
    response.end(JSON.stringify({ data: null, errors: [{ ...error, locations: [{ line: 1, column: 1 }] }] })),
  )
  expect(await ask(asked)).toEqual({ data: null, errors: [error] })
})

test.each([
  ['answers with status 502', 502, '<html>'],
  ['answers with too much', 200, `"${'x'.repeat(17 * 2 ** 20)}"`],
])('a service that %s is unavailable', async (reason, status, body) => {
  const asked = await answering((_, response) => response.writeHead(status).end(body))
  expect(await ask(asked)).toEqual(unavailable(reason))
})

test('a service that hangs up is asked once more, but not to change something again', async () => {
  let asked = 0
  const hanging = await answering((request) => {
    asked += 1
    request.socket.destroy()
  })
  expect(await ask(hanging)).toEqual(unavailable('does not answer'))
  expect(asked).toBe(2)
  await ask(hanging, 'mutation { cancelJob }')
  expect(asked).toBe(3)
})

test.each([
  ['does not know the gateway', 401, '{"errors":[{"message":"no"}]}', 'GATEWAY_SECRET differs'],
  ['answers with no GraphQL', 200, '[]', 'no GraphQL'],
  ['answers with nothing', 200, '', 'no GraphQL'],
  ['answers with data that is none', 200, '{"data":7}', 'no GraphQL'],
])('a service that %s is a fault of ours', async (_what, status, body, message) => {
  const asked = await answering((_, response) => response.writeHead(status).end(body))
  await expect(ask(asked)).rejects.toThrow(message)
})

test('its health is told in a sentence without addresses', async () => {
  let answer = {
    status: 503,
    body: '{"status":"unavailable","parts":{"postgres":"connect ECONNREFUSED 10.0.0.1:5432","nats":"ok"}}',
  }
  const asked = await answering((_, response) => response.writeHead(answer.status).end(answer.body))
  expect(await asked.health(1_000)).toBe('postgres does not answer')
  answer = { status: 200, body: '{"status":"ok","parts":{"postgres":"ok"}}' }
  expect(await asked.health(1_000)).toBe('ok')
  answer = { status: 404, body: 'no' }
  expect(await asked.health(1_000)).toBe('answers with status 404')
})

test('its health is late when it does not answer in time', async () => {
  const asked = await answering(() => {})
  expect(await asked.health(50)).toBe('takes too long')
})

test('at most 64 questions are under way, and who waits for too long or behind too many is told', async () => {
  let under = 0
  const held: (() => void)[] = []
  const asked = await answering(
    async (request, response) => {
      const questions = JSON.parse(Buffer.concat(await request.toArray()).toString())
      under += questions.length
      held.push(() => response.end(questions.map((_: unknown, i: number) => `[${i},{"data":{}}]\n`).join('')))
    },
    { inLine: 2, patienceMs: 300 },
  )
  const answers = Array.from({ length: 66 }, () => ask(asked))
  expect(await ask(asked)).toEqual(unavailable('has too much to do'))
  expect(await Promise.all(answers.slice(64))).toEqual([
    unavailable('has too much to do'),
    unavailable('has too much to do'),
  ])
  await vi.waitFor(() => expect(under).toBe(64))
  for (const answer of held) answer()
  expect(await Promise.all(answers.slice(0, 64))).toEqual(Array.from({ length: 64 }, () => ({ data: {} })))
})

test('a service that is not there is left alone for a second after three refusals', async () => {
  const asked = await answering((_, response) => response.end('{"data":{}}'))
  const address = server?.address()
  const port = typeof address === 'object' && address ? address.port : 0
  server?.closeAllConnections()
  await new Promise((resolve) => server?.close(resolve))
  for (let i = 0; i < 3; i++) expect(await ask(asked)).toEqual(unavailable('does not answer'))
  let tried = 0
  server = createServer((_, response) => {
    tried += 1
    response.end('{"data":{}}')
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  expect(await ask(asked)).toEqual(unavailable('does not answer'))
  expect(tried).toBe(0)
  await vi.waitFor(async () => expect(await ask(asked)).toEqual({ data: {} }), { timeout: 3_000 })
})
