import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startTestGateway, type TestGateway } from '../testing/gateway.ts'
import { LEAST_COST } from './admission.ts'
import { SELECTION_LIMITS } from './selection-rules.ts'

const BURST = 5 * LEAST_COST
/** What `{ version }` costs. */
const ONE = LEAST_COST + 1

let gateway: TestGateway
let person: string
let people = 0

beforeAll(async () => {
  gateway = await startTestGateway({ NODE_ENV: 'production', RATE_PER_SECOND: 1, RATE_BURST: BURST })
})
afterAll(() => gateway.stop())
beforeEach(async () => {
  people += 1
  person = await gateway.as(`person-${people}`)
})

/** The codes of the errors of an operation over a socket, which is then closed. */
async function overSocket(query: string, token = person): Promise<unknown> {
  const client = createClient({
    url: `${gateway.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { token },
    retryAttempts: 0,
  })
  try {
    for await (const { errors } of client.iterate({ query }))
      return errors?.map(({ message, extensions }) => ({ message, ...extensions }))
    return undefined
  } catch (error) {
    if (!Array.isArray(error)) throw error
    return error.map(({ message, extensions }) => ({ message, ...extensions }))
  } finally {
    await client.dispose()
  }
}

async function overHttp(query: string): Promise<unknown> {
  const { body } = await gateway.query(person, query)
  return body.errors?.map(({ message, extensions }) => ({ message, ...extensions }))
}

const TRANSPORTS = [
  ['HTTP', overHttp],
  ['a socket', overSocket],
] as const

const times = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i)).join(' ')

describe.each(TRANSPORTS)('over %s', (_name, ask) => {
  test.each<[string, number, (amount: number) => string]>([
    ['aliases', SELECTION_LIMITS.aliases, (amount) => `{ job(id: "x") { ${times(amount, (i) => `x${i}: id`)} } }`],
    ['directives', SELECTION_LIMITS.directives, (amount) => `{ ${times(amount, () => 'version @skip(if: false)')} }`],
    ['fields', SELECTION_LIMITS.rootFields, (amount) => `{ ${times(amount, (i) => `x${i}: version`)} }`],
  ])('%s are answered up to the limit of %d', async (word, limit, make) => {
    expect(await ask(make(limit))).toBeUndefined()
    expect(await ask(make(limit + 1))).toEqual([
      { message: expect.stringContaining(word), code: 'GRAPHQL_VALIDATION_FAILED' },
    ])
  })

  test('words are answered up to the limit of 2000', async () => {
    const words = (amount: number) =>
      `{ gpus(filter: { workerId: "x" health: [${'HEALTHY '.repeat(amount - 22)}] }) { nodes { id } } }`
    expect(await ask(words(2_000))).toBeUndefined()
    expect(await ask(words(2_001))).toEqual([
      { message: expect.stringContaining('2000 tokens'), code: 'GRAPHQL_PARSE_FAILED' },
    ])
  })

  test('brackets without end are refused before they are read', async () => {
    expect(await ask(`{ job(id: ${'['.repeat(1_000)}${']'.repeat(990)}) { id } }`)).toEqual([
      { message: 'Syntax Error: brackets are nested more than 64 deep.', code: 'GRAPHQL_PARSE_FAILED' },
    ])
  })

  test('in production the schema is not told, nor hinted at', async () => {
    expect(await ask('{ __type(name: "Job") { name } }')).toMatchObject([
      { message: expect.stringMatching(/introspection/), code: 'GRAPHQL_VALIDATION_FAILED' },
    ])
    expect(await ask('{ versio }')).toEqual([
      { message: 'Cannot query field "versio" on type "Query".', code: 'GRAPHQL_VALIDATION_FAILED' },
    ])
    expect(await ask('{ jobs(filter: { states: [QUEUE] }) { nodes { id } } }')).toEqual([
      { message: 'Value "QUEUE" does not exist in "JobState" enum.', code: 'GRAPHQL_VALIDATION_FAILED' },
    ])
  })

  test('who asks for more than its share is told when to come back', async () => {
    for (let asked = ONE; asked <= BURST; asked += ONE) expect(await ask('{ version }')).toBeUndefined()
    expect(await ask('{ version }')).toEqual([
      {
        message: expect.stringMatching(/^You ask for much at once\. Try again in \d+ seconds\.$/),
        code: 'RATE_LIMITED',
        retryAfterSeconds: expect.any(Number),
      },
    ])
  })
})

describe('a share', () => {
  const exhaust = () => gateway.query(person, `{ ${times(20, (i) => `x${i}: jobs(first: 200) { nodes { id } }`)} }`)

  test('is the same one over HTTP, sockets and REST', async () => {
    await exhaust()
    const http = await gateway.query(person, '{ version }')
    expect(http.status).toBe(429)
    const seconds = Number(http.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(http.body.errors?.[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfterSeconds: seconds })
    expect(await overSocket('subscription { jobsChanged { id } }')).toMatchObject([{ code: 'RATE_LIMITED' }])
    const rest = await fetch(`${gateway.url}/jobs`, { headers: { authorization: `Bearer ${person}` } })
    expect([rest.status, rest.headers.get('content-type')]).toEqual([429, expect.stringContaining('problem+json')])
    expect(Number(rest.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('is not another principal’s', async () => {
    await exhaust()
    expect((await gateway.query(await gateway.as('another'), '{ version }')).status).toBe(200)
  })

  test('does not hold for workers, whose leases would end', async () => {
    const worker = await gateway.as('worker-1', 'worker')
    for (let asked = 0; asked <= 2 * BURST; asked += ONE) {
      expect((await gateway.query(worker, '{ version }')).status).toBe(200)
    }
  })
})
