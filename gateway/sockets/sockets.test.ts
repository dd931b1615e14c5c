import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { makeJob } from '../testing/events.ts'
import { attack, startTestGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway
let alice: string

beforeAll(async () => {
  gateway = await startTestGateway()
  alice = await gateway.as('alice')
})
afterAll(() => gateway.stop())

/** A socket that speaks no protocol by itself. */
async function open({
  protocol = 'graphql-transport-ws',
  headers = {},
}: {
  protocol?: string
  headers?: Record<string, string>
} = {}) {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, protocol, { headers })
  const messages: { type: string; id?: string; payload?: unknown }[] = []
  socket.on('message', (data) => messages.push(JSON.parse(String(data))))
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }))
  })
  await once(socket, 'open')
  const send = (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  const receive = (type: string, id?: string) =>
    vi.waitFor(() => {
      const found = messages.find((message) => message.type === type && (id === undefined || message.id === id))
      if (!found) throw new Error(`no ${type} among ${JSON.stringify(messages)}`)
      return found
    })
  return { socket, send, receive, closed, messages }
}

async function signedIn(token = alice) {
  const opened = await open()
  opened.send({ type: 'connection_init', payload: { token } })
  await opened.receive('connection_ack')
  return opened
}

const jobsChanged = { query: 'subscription { jobsChanged { id } }' }

describe('a socket', () => {
  test.each([
    ['connectionParams.token', () => ({ payload: { token: alice } })],
    ['connectionParams.authorization', () => ({ payload: { authorization: `Bearer ${alice}` } })],
  ])('is let in by %s', async (_how, init) => {
    const { send, receive, socket } = await open()
    send({ type: 'connection_init', ...init() })
    await receive('connection_ack')
    socket.close()
  })

  test('is let in by the Authorization header of its request', async () => {
    const { send, receive, socket } = await open({ headers: { authorization: `Bearer ${alice}` } })
    send({ type: 'connection_init' })
    await receive('connection_ack')
    socket.close()
  })

  test('answers queries and mutations too', async () => {
    const { send, receive, socket } = await signedIn()
    const job = makeJob()
    gateway.services.world.jobs.set(job.id, job)
    send({
      id: 'q',
      type: 'subscribe',
      payload: { query: 'query A { version } query B { a: version }', operationName: 'B' },
    })
    expect(await receive('next', 'q')).toMatchObject({ payload: { data: { a: '0.1.0' } } })
    await receive('complete', 'q')
    const query = 'mutation ($id: ID!) { cancelJob(id: $id) { job { id } problems { path } } }'
    send({ id: 'm', type: 'subscribe', payload: { query, variables: { id: job.id } } })
    expect(await receive('next', 'm')).toMatchObject({ payload: { data: { cancelJob: { job: { id: job.id } } } } })
    socket.close()
  })

  test.each([
    ['is no GraphQL', '{ version', 'GRAPHQL_PARSE_FAILED'],
    ['selects an unknown field', 'subscription { nonsense }', 'GRAPHQL_VALIDATION_FAILED'],
    ['has more than 2000 tokens', `{ ${'version '.repeat(2100)} }`, 'GRAPHQL_PARSE_FAILED'],
    [
      'nests too deep',
      `{ job(id: "x") ${'{ runs { job '.repeat(9)}{ id }${' } }'.repeat(9)} }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    ['asks for too much at each event', attack('subscription'), 'BAD_USER_INPUT'],
    ['has a text for an instant', '{ usage(range: { from: "x" }) { asOf } }', 'BAD_USER_INPUT'],
    ['names none of two operations', 'query A { version } query B { version }', 'OPERATION_RESOLUTION_FAILURE'],
    ['subscribes to two fields', 'subscription { jobsChanged { id } gpuTelemetry { at } }', 'BAD_USER_INPUT'],
    ['asks for the schema by subscription', 'subscription { __typename }', 'BAD_USER_INPUT'],
  ])('gets an error for an operation that %s, and lives on', async (_what, query, code) => {
    const { send, receive, socket } = await signedIn()
    send({ id: '1', type: 'subscribe', payload: { query } })
    expect(await receive('error', '1')).toMatchObject({ payload: [{ extensions: { code } }] })
    send({ type: 'ping' })
    await receive('pong')
    socket.close()
  })

  test('refuses a query that asks for too much', async () => {
    const { send, receive, socket } = await signedIn()
    send({ id: '1', type: 'subscribe', payload: { query: attack() } })
    expect(await receive('next', '1')).toMatchObject({
      payload: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    })
    socket.close()
  })

  test('leaves nothing behind, however it goes', async () => {
    const leave = [
      async ({ send, receive }: Awaited<ReturnType<typeof signedIn>>) => {
        send({ id: 'a', type: 'complete' })
        send({ type: 'ping' })
        await receive('pong')
      },
      async ({ socket }: Awaited<ReturnType<typeof signedIn>>) => socket.close(),
      async ({ socket }: Awaited<ReturnType<typeof signedIn>>) => socket.terminate(),
    ]
    const sockets = await Promise.all(leave.map(() => signedIn()))
    for (const { send } of sockets) send({ id: 'a', type: 'subscribe', payload: jobsChanged })
    await vi.waitFor(() => expect(gateway.subscriptions()).toBe(1))
    await Promise.all(sockets.map((opened, i) => leave[i]?.(opened)))
    await vi.waitFor(() => expect(gateway.subscriptions()).toBe(0))
    sockets[0]?.socket.close()
  })
})

describe('one socket', () => {
  test('watches at most 100 things at a time', async () => {
    const { send, receive, socket } = await signedIn()
    for (let i = 0; i <= 100; i++) send({ id: String(i), type: 'subscribe', payload: jobsChanged })
    expect(await receive('error', '100')).toMatchObject({ payload: [{ extensions: { code: 'CONFLICT' } }] })
    socket.close()
    await vi.waitFor(() => expect(gateway.subscriptions()).toBe(0))
  })
})

describe('a request to upgrade', () => {
  test('is refused from a page of another site, and taken from our own', async () => {
    const headers = { origin: 'https://evil.example' }
    const refused = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers })
    const [error] = await once(refused, 'error')
    expect(String(error)).toMatch(/403/)
    const { socket } = await open({ headers: { origin: gateway.url } })
    socket.close()
  })

  test('gets 404 on another path', async () => {
    for (const path of ['/', '/health', '/graphql/', '/toString']) {
      const refused = new WebSocket(gateway.url.replace('http', 'ws') + path)
      const [error] = await once(refused, 'error')
      expect(String(error)).toMatch(/404/)
    }
  })

  test('that breaks off does no harm', async () => {
    const { port } = new URL(gateway.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write('GET /graphql HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400/)
    socket.destroy()
    expect((await fetch(`${gateway.url}/live`)).status).toBe(200)
  })
})
