import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { vouch, vouchForBody } from '../identity.ts'
import { createLogger } from '../log.ts'
import { BATCH_LIMITS, BATCH_PATH, readBatch, writeBatch } from './question-batch.ts'
import { type AnswerQuestion, answerBatch } from './serve-batch.ts'
import { startSubgraph } from './subgraph.ts'

const SECRET = 'a secret that only the tests know, long enough'
const alice = { id: 'alice', role: 'user' as const, accounts: ['a'] }
const bob = { id: 'bob', role: 'admin' as const, accounts: [] }

const written = (who: object, query: string) => ({ who: JSON.stringify(who), request: JSON.stringify({ query }) })

const stops: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function startJobs(): Promise<string> {
  const subgraph = await startSubgraph({
    name: 'jobs',
    resolvers: {
      Query: {
        templates: (_: unknown, __: unknown, { who }: { who: { id: string } }) => {
          if (who.id === 'bob') throw new Error('secret')
          return [{ name: who.id }]
        },
      },
    },
    rules: undefined,
    context: (who) => ({ who }),
    checks: {},
    config: { HOST: '127.0.0.1', PORT: 0, GATEWAY_SECRET: SECRET },
    log: createLogger('test', 'silent'),
  })
  stops.push(() => subgraph.stop())
  return subgraph.url
}

async function post(url: string, body: string, headers: Record<string, string>) {
  const all = { 'content-type': 'application/json', ...headers }
  const response = await fetch(`${url}${BATCH_PATH}`, { method: 'POST', headers: all, body })
  return { status: response.status, text: await response.text() }
}

test('each question is answered for its own principal, and an error is that of its question alone', async () => {
  const url = await startJobs()
  const body = writeBatch([
    written(alice, '{ templates { name } }'),
    written(bob, '{ templates { name } }'),
    written(bob, '{ nonsense }'),
  ])
  const { status, text } = await post(url, body, vouchForBody(SECRET, body))
  expect(status).toBe(200)
  const answers = new Map(
    text
      .trimEnd()
      .split('\n')
      .map((line): [number, { errors?: object[] }] => JSON.parse(line)),
  )
  expect(answers.get(0)).toEqual({ data: { templates: [{ name: 'alice' }] } })
  expect(answers.get(1)?.errors?.[0]).toMatchObject({ message: 'Internal error' })
  expect(answers.get(2)?.errors?.[0]).toMatchObject({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } })
})

test("a batch that is not the gateway's is refused, be it signed as a single question", async () => {
  const url = await startJobs()
  const body = writeBatch([written(alice, '{ templates { name } }')])
  const forged = [
    {},
    vouchForBody('another secret of 32 characters..', body),
    vouchForBody(SECRET, `${body} `),
    vouch(SECRET, alice, body),
  ]
  for (const headers of forged) expect((await post(url, body, headers)).status).toBe(401)
})

test('a batch holds from one question to as many as are answered at once', () => {
  const one = written(alice, '{ a }')
  expect(readBatch(writeBatch(Array(BATCH_LIMITS.questions).fill(one)))).toHaveLength(BATCH_LIMITS.questions)
  expect(() => readBatch(writeBatch(Array(BATCH_LIMITS.questions + 1).fill(one)))).toThrow()
  expect(() => readBatch('[]')).toThrow()
  expect(() => readBatch(writeBatch([written({ ...alice, role: 'king' }, '{ a }')]))).toThrow()
  expect(() => readBatch(`[{"who":${one.who},"request":{"query":"{ a }","variables":[]}}]`)).toThrow()
})

/** Reads what a server says that answers one batch in this way. */
async function served(count: number, answer: AnswerQuestion, onFault: (error: unknown) => void = () => {}) {
  const questions = Array.from({ length: count }, (_, n) => ({ who: alice, request: { query: String(n) } }))
  const server: Server = createServer((_, response) => answerBatch(response, questions, answer, onFault))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => new Promise((resolve) => server.close(resolve)))
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}`)
  const reader = response.body?.getReader()
  return async () => Buffer.from((await reader?.read())?.value ?? []).toString()
}

test('what is ready is written, and does not wait for what is not', async () => {
  const slow = Promise.withResolvers<void>()
  const next = await served(3, async ({ request: { query } }) => {
    if (query === '1') await slow.promise
    return query
  })
  expect(await next()).toBe('[0,0]\n[2,2]\n')
  slow.resolve()
  expect(await next()).toBe('[1,1]\n')
  expect(await next()).toBe('')
})

test('a fault is told to who sees to it, and to nobody else', async () => {
  const faults: unknown[] = []
  const next = await served(
    1,
    async () => await Promise.reject('secret'),
    (error) => faults.push(error),
  )
  expect(await next()).toMatch(/^\[0,\{"errors":\[\{"message":"Internal error"/)
  expect(faults).toEqual(['secret'])
})
