import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createPings } from './ping-sockets.ts'

let server: WebSocketServer
beforeAll(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

async function connect(options: { autoPong: boolean }): Promise<{ client: WebSocket; socket: WebSocket }> {
  const { port } = server.address() as AddressInfo
  const accepted = once(server, 'connection')
  const client = new WebSocket(`ws://127.0.0.1:${port}`, options)
  await once(client, 'open')
  const [socket] = await accepted
  return { client, socket }
}

test('a socket that does not answer is ended, and those that do stay', async () => {
  const pings = createPings(1_000)
  const others = [await connect({ autoPong: true }), await connect({ autoPong: true })]
  const silent = await connect({ autoPong: false })
  for (const { socket } of [...others, silent]) pings.watch(socket)
  const pinged = others.map(({ client }) => once(client, 'ping'))
  const [code] = await once(silent.client, 'close')
  expect(code).toBe(1006)
  await Promise.all(pinged)
  // A second time: the answer to the first has counted.
  await Promise.all(others.map(({ client }) => once(client, 'ping')))
  expect(others.map(({ client }) => client.readyState)).toEqual(others.map(() => WebSocket.OPEN))
  pings.stop()
  for (const { client } of others) client.terminate()
})
