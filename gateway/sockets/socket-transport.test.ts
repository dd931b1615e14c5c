import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createLogger } from '@constellation/platform/log.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { carry, type SlowLimits } from './socket-transport.ts'

const log = createLogger('test', 'silent')
let server: WebSocketServer

beforeAll(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

/** A client, and how the server sends to it. */
async function connected(limits: SlowLimits) {
  const address: AddressInfo | string | null = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The server has no port.')
  const opened = once(server, 'connection')
  const client = new WebSocket(`ws://127.0.0.1:${address.port}`)
  const closed = once(client, 'close')
  const [socket] = await opened
  await once(client, 'open')
  const transport = Promise.withResolvers<{ send(data: string): Promise<void> | void }>()
  carry(
    socket,
    (given) => {
      transport.resolve(given)
      return async () => {}
    },
    log,
    limits,
  )
  const { send } = await transport.promise
  return { client, closed, send }
}

const LARGE = 'x'.repeat(262_144)

test('who sends waits for a client that reads slowly, and one that reads nothing is told to come back', async () => {
  const { client, closed, send } = await connected({ stuckMs: 200, unsentBytes: 2 ** 30 })
  client.pause()
  let sent = 0
  let over = false
  const sending = (async () => {
    while (!over) {
      await send(LARGE)
      sent += 1
    }
  })()
  await expect.poll(() => [...server.clients].map(({ readyState }) => readyState)).toEqual([WebSocket.CLOSING])
  over = true
  // What the system holds for the two of them, and no more.
  expect(sent).toBeLessThan(100)
  client.resume()
  const [code, reason] = await closed
  expect([code, String(reason)]).toEqual([1013, 'You read too slowly: connect again.'])
  await sending
})

test('a client that takes something now and then is served on', async () => {
  const { client, send } = await connected({ stuckMs: 1_000, unsentBytes: 2 ** 30 })
  let received = 0
  client.on('message', () => {
    received += 1
    client.pause()
    setTimeout(() => client.resume(), 5)
  })
  for (let i = 0; i < 300; i++) await send(LARGE)
  await expect.poll(() => received, { timeout: 20_000 }).toBe(300)
  expect(client.readyState).toBe(WebSocket.OPEN)
  client.close()
})

test('a client for which too much waits is told to come back at once', async () => {
  const { client, closed, send } = await connected({ stuckMs: 60_000, unsentBytes: 2 ** 20 })
  client.pause()
  for (let i = 0; i < 100; i++) void send(LARGE)
  client.resume()
  expect((await closed)[0]).toBe(1013)
})
