import { once } from 'node:events'
import { connect } from 'node:net'
import { createLogger } from '@constellation/platform/log.ts'
import { createErrorFormat } from '@constellation/platform/subgraph/format-error.ts'
import Fastify from 'fastify'
import type { FormattedExecutionResult } from 'graphql'
import { createClient } from 'graphql-sse'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPresence } from '../limits/presence.ts'
import type { Prepared } from '../operations/prepare-operation.ts'
import { answerErrors } from '../rest/problem.ts'
import { jobMessage, makeJob } from '../testing/events.ts'
import { nextOf, startTestGateway, type TestGateway } from '../testing/gateway.ts'
import { type StreamLimits, serveStreams } from './serve-streams.ts'

let gateway: TestGateway
let alice: string

beforeAll(async () => {
  gateway = await startTestGateway()
  alice = await gateway.as('alice')
})
afterAll(() => gateway.stop())

const JOB_CHANGED = 'subscription ($id: ID!) { jobChanged(id: $id) { state version usage { gpuSeconds } } }'

/** Results over the protocol's own client. */
function iterate(query: string, variables: Record<string, unknown> = {}, token = alice) {
  const headers = { authorization: `Bearer ${token}` }
  const client = createClient({ url: `${gateway.url}/graphql/stream`, headers, retryAttempts: 0 })
  return client.iterate<Record<string, unknown>, Record<string, unknown>>({ query, variables })
}

function ask(path: string, init: RequestInit = {}, headers: Record<string, string> = {}): Promise<Response> {
  const all = { accept: 'text/event-stream', authorization: `Bearer ${alice}`, ...headers }
  return fetch(`${gateway.url}/graphql/stream${path}`, { ...init, headers: all })
}

const post = (body: object, headers: Record<string, string> = {}) =>
  ask('', { method: 'POST', body: JSON.stringify(body) }, { 'content-type': 'application/json', ...headers })

function addJob() {
  const job = makeJob()
  gateway.services.world.jobs.set(job.id, job)
  return job
}

describe('a stream', () => {
  test('brings a subscription with fields of several services, and leaves nothing behind', async () => {
    const job = addJob()
    const results = iterate(JOB_CHANGED, { id: job.id })
    expect((await nextOf(results)).data).toEqual({
      jobChanged: { state: 'QUEUED', version: 1, usage: { gpuSeconds: 0 } },
    })
    await gateway.publish(`events.jobs.${job.id}`, jobMessage({ ...job, state: 'RUNNING', version: 2 }))
    const changed = await nextOf(results)
    expect(changed.data).toMatchObject({ jobChanged: { state: 'RUNNING', version: 2 } })
    expect(changed.extensions?.cursor).toEqual(expect.any(String))
    await results.return?.()
    await expect.poll(() => gateway.subscriptions()).toBe(0)
  })

  test('brings the one result of a query or a mutation, and completes', async () => {
    const job = addJob()
    const mutation = 'mutation ($id: ID!) { cancelJob(id: $id) { job { id } problems { path } } }'
    for (const [query, data] of [
      ['{ version }', { version: '0.1.0' }],
      [mutation, { cancelJob: { job: { id: job.id }, problems: [] } }],
    ] as const) {
      const results = iterate(query, { id: job.id })
      expect(await nextOf(results)).toMatchObject({ data })
      expect((await results.next()).done).toBe(true)
    }
  })

  test.each([
    ['is no GraphQL', '{', {}, 'GRAPHQL_PARSE_FAILED'],
    ['selects an unknown field', '{ nonsense }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['watches a job that is not there', JOB_CHANGED, { id: makeJob().id }, 'NOT_FOUND'],
  ])('tells by a result why an operation that %s is refused', async (_what, query, variables, code) => {
    const results = iterate(query, variables)
    expect((await nextOf(results)).errors).toMatchObject([{ extensions: { code } }])
    expect((await results.next()).done).toBe(true)
  })

  test('is asked for by GET too, but then changes nothing', async () => {
    const job = addJob()
    const url = (query: string) => `?${new URLSearchParams({ query, variables: JSON.stringify({ id: job.id }) })}`
    const read = await ask(url('query ($id: ID!) { job(id: $id) { name } }'))
    expect(read.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const wanted = 'retry: 1000\n\nevent: next\ndata: {"data":{"job":{"name":"train"}}}\n\nevent: complete\ndata:\n\n'
    expect(await read.text()).toBe(wanted)
    const changed = await ask(url('mutation ($id: ID!) { cancelJob(id: $id) { job { id } } }'))
    expect(await changed.text()).toContain('"code":"BAD_REQUEST"')
  })

  test('ends with its token, and says so', async () => {
    const results = iterate('subscription { jobsChanged { id } }', {}, await gateway.keys.sign({ ttl: 1 }))
    expect((await nextOf(results)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    expect((await results.next()).done).toBe(true)
    await expect.poll(() => gateway.subscriptions()).toBe(0)
  })
})

describe('a request for a stream', () => {
  test.each([
    ['without a token', () => post({ query: '{ version }' }, { authorization: '' }), 401],
    ['that takes no events', () => post({ query: '{ version }' }, { accept: 'application/json' }), 406],
    ['without an operation', () => post({}), 400],
    ['with variables that are none', () => post({ query: '{ version }', variables: [1] }), 400],
    ['with broken variables in its URL', () => ask('?query={version}&variables={'), 400],
    ['with a body that is no JSON', () => ask('', { method: 'POST', body: 'query { version }' }), 400],
  ])('%s is refused', async (_what, send, status) => {
    expect((await send()).status).toBe(status)
  })
})

/** A server whose operations give these results. */
async function serve(
  results: AsyncIterableIterator<FormattedExecutionResult>,
  { connections = 100, ...limits }: Partial<StreamLimits> & { connections?: number },
) {
  const app = Fastify()
  const log = createLogger('test', 'silent')
  app.setErrorHandler(answerErrors(log))
  app.decorateRequest('principal')
  app.decorateRequest('signed')
  app.addHook('onRequest', async (request) => {
    request.principal = { id: 'alice', role: 'user', accounts: [] }
    request.signed = { principal: request.principal, expiresAt: Date.now() + 60_000 }
  })
  const prepared = { kind: 'subscription', results } as Extract<Prepared, { kind: 'subscription' }>
  const errorFormat = createErrorFormat(log)
  const all = { heartbeatMs: 60_000, stuckMs: 60_000, ...limits }
  const presence = createPresence({ connections, subscriptions: 100 })
  const streams = serveStreams(app, async () => prepared, presence, errorFormat, all)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const stop = async () => {
    streams.close()
    await app.close()
  }
  return { url: `${url}/graphql/stream?query={version}`, port: Number(new URL(url).port), stop }
}

/** Results of 64 KiB each, counted. */
function endless() {
  let given = 0
  const ended = Promise.withResolvers<void>()
  const results: AsyncIterableIterator<FormattedExecutionResult> = {
    async next() {
      given += 1
      return { done: false, value: { data: { given, text: 'x'.repeat(65_536) } } }
    },
    async return() {
      ended.resolve()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
  return { results, given: () => given, ended: ended.promise }
}

function silent(): AsyncIterableIterator<FormattedExecutionResult> {
  const over = Promise.withResolvers<IteratorReturnResult<undefined>>()
  return {
    next: () => over.promise,
    async return() {
      over.resolve({ done: true, value: undefined })
      return over.promise
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

const accept = { headers: { accept: 'text/event-stream' } }

describe('a stream that', () => {
  test('is silent is kept alive by comments', async () => {
    const { url, stop } = await serve(silent(), { heartbeatMs: 20 })
    const { body } = await fetch(url, accept)
    let text = ''
    for await (const part of body ?? []) {
      text += Buffer.from(part).toString()
      if (text.endsWith(':\n\n:\n\n')) break
    }
    expect(text).toBe('retry: 1000\n\n:\n\n:\n\n')
    await stop()
  })

  test('nobody reads asks its source for no more, and is let go after a while', async () => {
    const { results, given, ended } = endless()
    const { port, stop } = await serve(results, { stuckMs: 300 })
    const socket = connect(port, '127.0.0.1')
    socket.pause()
    socket.write('GET /graphql/stream?query={version} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n')
    await ended
    // What the buffers of two sockets hold, and not what a source can give in 300 ms.
    expect(given()).toBeLessThan(400)
    socket.resume()
    await once(socket, 'close')
    await stop()
  })

  test('is one too many of its principal is refused', async () => {
    const { url, stop } = await serve(silent(), { connections: 1 })
    const first = await fetch(url, accept)
    expect(first.status).toBe(200)
    expect((await fetch(url, accept)).status).toBe(409)
    await first.body?.cancel()
    await stop()
  })
})
