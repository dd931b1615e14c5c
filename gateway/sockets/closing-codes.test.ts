import { once } from 'node:events'
import { createServer } from 'node:http'
import { ConstellationError } from '@constellation/platform/errors.ts'
import { createLogger } from '@constellation/platform/log.ts'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { routeUpgrades } from '../http/upgrade.ts'
import { createPresence } from '../limits/presence.ts'
import type { Signed } from '../sign-in/signed.ts'
import { startTestGateway, type TestGateway } from '../testing/gateway.ts'
import { createSockets } from './sockets.ts'

// The codes of the protocol graphql-transport-ws by which a server closes a socket
// (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md), each on a socket that speaks it by hand.

let gateway: TestGateway
let alice: string

beforeAll(async () => {
  gateway = await startTestGateway()
  alice = await gateway.as('alice')
})
afterAll(() => gateway.stop())

type Raw = Awaited<ReturnType<typeof open>>

async function open(at: { url: string } = gateway, protocol = 'graphql-transport-ws') {
  const socket = new WebSocket(`${at.url.replace('http', 'ws')}/graphql`, protocol)
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }))
  })
  const heard: string[] = []
  const acknowledged = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      heard.push(String(data))
      if (String(data).includes('connection_ack')) resolve()
    })
  })
  await once(socket, 'open')
  const send = (message: object | string | Buffer) =>
    socket.send(typeof message === 'object' && !Buffer.isBuffer(message) ? JSON.stringify(message) : message)
  const init = async (token: unknown = alice) => {
    send({ type: 'connection_init', payload: { token } })
    await acknowledged
  }
  return { socket, closed, heard, send, init }
}

const watch = { id: '1', type: 'subscribe', payload: { query: 'subscription { jobsChanged { id } }' } }

interface Case {
  what: string
  code: number
  reason: RegExp | string
  /** Done before `wrong`, after the sign-in. */
  signedIn?: boolean
  wrong(raw: Raw): unknown
}

const cases: Case[] = [
  ...[
    ['no JSON', '{'],
    ['no object', 'null'],
    ['a list', '[]'],
    ['a message of no type', {}],
    ['a message of an unknown type', { type: 'nonsense' }],
    ['a message of another protocol', { type: 'start', id: '1', payload: watch.payload }],
    ['a subscription without an id', { type: 'subscribe', payload: watch.payload }],
    ['a subscription with an empty id', { ...watch, id: '' }],
    ['a subscription without a payload', { type: 'subscribe', id: '1' }],
    ['a subscription without a query', { ...watch, payload: {} }],
    ['a query that is none', { ...watch, payload: { query: 1 } }],
    ['variables that are a text', { ...watch, payload: { ...watch.payload, variables: 'x' } }],
    ['an operation name that is a number', { ...watch, payload: { ...watch.payload, operationName: 1 } }],
    ['a completion without an id', { type: 'complete' }],
    ['a ping with a text', { type: 'ping', payload: 'x' }],
    ['a message for clients', { type: 'connection_ack' }],
    ['a result', { type: 'next', id: '1', payload: {} }],
    ['bytes that are no text', Buffer.from([0xff, 0xfe])],
  ].map(
    ([what, message]): Case => ({
      what: `${what}`,
      code: 4400,
      reason: /^Invalid message/,
      signedIn: true,
      wrong: ({ send }) => send(message ?? ''),
    }),
  ),
  { what: 'an operation before the sign-in', code: 4401, reason: 'Unauthorized', wrong: ({ send }) => send(watch) },
  {
    what: 'a sign-in without a token',
    code: 4401,
    reason: 'Sign in: give a token.',
    wrong: ({ send }) => send({ type: 'connection_init' }),
  },
  {
    what: 'a token that does not hold',
    code: 4401,
    reason: 'The token is not valid.',
    wrong: ({ send }) => send({ type: 'connection_init', payload: { token: 'forged' } }),
  },
  {
    what: 'a token that has ended',
    code: 4401,
    reason: 'The token has expired.',
    wrong: async ({ send }) =>
      send({ type: 'connection_init', payload: { token: await gateway.keys.sign({ ttl: -60 }) } }),
  },
  {
    what: 'a token that ends',
    code: 4403,
    reason: 'The token has expired.',
    wrong: async ({ init }) => init(await gateway.keys.sign({ ttl: 1 })),
  },
  { what: 'no sign-in in time', code: 4408, reason: 'Connection initialisation timeout', wrong: () => {} },
  {
    what: 'an id that is in use',
    code: 4409,
    reason: 'Subscriber for 1 already exists',
    signedIn: true,
    wrong: ({ send }) => [send(watch), send(watch)],
  },
  {
    what: 'a second sign-in',
    code: 4429,
    reason: 'Too many initialisation requests',
    signedIn: true,
    wrong: ({ send }) => send({ type: 'connection_init', payload: { token: alice } }),
  },
  {
    what: 'a second sign-in before the first was answered',
    code: 4429,
    reason: 'Too many initialisation requests',
    wrong: ({ send }) => [1, 2].map(() => send({ type: 'connection_init', payload: { token: alice } })),
  },
  {
    what: 'a message of more than 64 KiB',
    code: 1009,
    reason: '',
    signedIn: true,
    wrong: ({ send }) => send('x'.repeat(65_537)),
  },
]

const ALICE: Signed = {
  principal: { id: 'alice', role: 'user', accounts: [] },
  expiresAt: Date.now() + 60_000,
}

/** Sockets alone, whose operations fail by a fault of ours. */
async function serve(authenticate: () => Promise<Signed>, connections = 100) {
  const sockets = createSockets({
    authenticate,
    prepare: async () => {
      throw new Error('a secret of ours')
    },
    presence: createPresence({ connections, subscriptions: 100 }),
    log: createLogger('test', 'silent'),
  })
  const server = createServer()
  routeUpgrades(server, { '/graphql': sockets.accept })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The server has no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async stop() {
      await sockets.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('a socket is closed', () => {
  test.each(cases)('by $code for $what', { timeout: 10_000 }, async ({ code, reason, signedIn, wrong }) => {
    const raw = await open()
    if (signedIn) await raw.init()
    await wrong(raw)
    const closed = await raw.closed
    expect(closed.code).toBe(code)
    expect(closed.reason).toMatch(typeof reason === 'string' ? new RegExp(`^${reason}$`) : reason)
  })

  test('by 4500 for a fault of ours, whose text stays inside', async () => {
    const { url, stop } = await serve(async () => ALICE)
    const raw = await open({ url })
    await raw.init()
    raw.send(watch)
    expect(await raw.closed).toEqual({ code: 4500, reason: 'Internal error' })
    await stop()
  })

  test.each([
    [4029, new ConstellationError('RATE_LIMITED', 'Too many tokens. Try again in 1 second.')],
    [1013, new ConstellationError('UNAVAILABLE', 'The keys of tokens cannot be had.')],
  ])('by %i where a sign-in cannot be answered now, and clients of the protocol try again', async (code, refusal) => {
    let signIns = 0
    const { url, stop } = await serve(async () => {
      signIns += 1
      if (signIns <= 2) throw refusal
      return ALICE
    })
    const raw = await open({ url })
    raw.send({ type: 'connection_init', payload: { token: alice } })
    expect(await raw.closed).toEqual({ code, reason: refusal.message })
    const connected = Promise.withResolvers<void>()
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { token: alice },
      lazy: false,
      retryWait: async () => {},
      onNonLazyError: connected.reject,
      on: { connected: () => connected.resolve() },
    })
    await connected.promise
    expect(signIns).toBe(3)
    await client.dispose()
    await stop()
  })

  test('by 4029 where its principal has as many connections as it may have', async () => {
    const { url, stop } = await serve(async () => ALICE, 1)
    const first = await open({ url })
    await first.init()
    const second = await open({ url })
    second.send({ type: 'connection_init', payload: { token: alice } })
    const reason = 'You have 1 connections open, which is the most. Close one, or watch more things over each.'
    expect(await second.closed).toEqual({ code: 4029, reason })
    first.socket.terminate()
    await first.closed
    await expect
      .poll(
        async () => {
          const third = await open({ url })
          return await Promise.race([third.init().then(() => 'in'), third.closed])
        },
        { timeout: 10_000 },
      )
      .toBe('in')
    await stop()
  })

  test('by 1012 at the end of the gateway, from which clients come back', async () => {
    const ending = await startTestGateway({ NATS_URL: gateway.natsUrl })
    const [raw, watching] = [await open(ending), await open(ending)]
    await watching.init(await ending.as('alice'))
    watching.send(watch)
    await expect.poll(() => ending.subscriptions()).toBe(1)
    await ending.stop()
    for (const { closed } of [raw, watching]) {
      expect(await closed).toEqual({ code: 1012, reason: 'Restarting: come back' })
    }
  })
})

test.each(['graphql-ws', 'nonsense'])(
  'a socket of the protocol %s alone is not opened, or closed by 4406',
  async (protocol) => {
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`, protocol)
    const [error] = await once(socket, 'error')
    expect(String(error)).toMatch(/subprotocol/)
  },
)

test('a socket of no protocol is closed by 4406', async () => {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/graphql`)
  const [code, reason] = await once(socket, 'close')
  expect([code, String(reason)]).toEqual([4406, 'Subprotocol not acceptable'])
})
