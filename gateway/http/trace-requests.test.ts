import { Lifecycle } from '@constellation/platform/lifecycle.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { currentWork, startTracing } from '@constellation/platform/tracing/trace.ts'
import Fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requestIdOf, traceRequests, traceSignedIn } from './trace-requests.ts'

const GIVEN = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const lifecycle = new Lifecycle(createLogger('test', 'silent'))
const app = Fastify({ logger: false, genReqId: requestIdOf })

beforeAll(async () => {
  traceRequests(app)
  app.addHook('onRequest', async (request) => {
    const { role } = request.headers
    if (role === 'user' || role === 'worker') request.principal = { id: 'ada', role, accounts: [] }
  })
  traceSignedIn(app)
  app.get('/', async () => currentWork() ?? null)
  await startTracing('test', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }, lifecycle)
})
afterAll(async () => {
  await app.close()
  await lifecycle.stop()
})

async function workOf(headers: Record<string, string>) {
  const answer = await app.inject({ method: 'GET', url: '/', headers })
  return { ...answer.json(), told: answer.headers['x-request-id'] }
}

function traceOf({ traceparent }: { traceparent?: string }): string | undefined {
  return traceparent?.slice(3, 35)
}

test('a request has an id that its client is told, or the one that the client gave', async () => {
  const { requestId, told } = await workOf({})
  expect(told).toBe(requestId)
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect((await workOf({ 'x-request-id': 'mine-17' })).requestId).toBe('mine-17')
  expect((await workOf({ 'x-request-id': 'no id\u00e9 of ours' })).requestId).not.toContain('no id')
})

test('our own page and workers go on with their traces', async () => {
  const page = await workOf({ role: 'user', traceparent: GIVEN, 'sec-fetch-site': 'same-origin' })
  expect(page).toMatchObject({ user: 'ada' })
  expect(traceOf(page)).toBe(traceOf({ traceparent: GIVEN }))
  expect(traceOf(await workOf({ role: 'worker', traceparent: GIVEN }))).toBe(traceOf({ traceparent: GIVEN }))
})

test('anybody else begins a trace of their own, whatever they name', async () => {
  for (const site of ['cross-site', 'none', '']) {
    const trace = traceOf(await workOf({ role: 'user', traceparent: GIVEN, 'sec-fetch-site': site }))
    expect(trace).toMatch(/^[0-9a-f]{32}$/)
    expect(trace).not.toBe(traceOf({ traceparent: GIVEN }))
  }
})

test('strangers begin no traces, and neither do workers that go about their own things', async () => {
  expect(traceOf(await workOf({ traceparent: GIVEN, 'sec-fetch-site': 'same-origin' }))).toBeUndefined()
  expect(traceOf(await workOf({ role: 'worker' }))).toBeUndefined()
})

test('what is watched is done for nobody in particular', async () => {
  expect(await workOf({ role: 'user', accept: 'text/event-stream' })).toEqual({ told: expect.any(String) })
})
