import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createLogger } from '../log.ts'
import { connectNats, linkNats } from './nats.ts'

/** Greets as a server of that version, and answers as far as a client asks at its start. */
let server: Server
let url: string
beforeEach(async () => {
  server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('INFO {"server_id":"old","version":"2.8.4","proto":1,"headers":true,"max_payload":1048576}\r\n')
    socket.on('data', (data) => {
      if (data.includes('PING')) socket.write('PONG\r\n')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `nats://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

const FAULT = 'NATS 2.8.4 was found, and 2.9.10 or later is needed.'

it('a server that is too old is not used, as it would leave out silently what it does not know', async () => {
  await expect(connectNats(url, 'test')).rejects.toThrow(FAULT)
})

it('a service beside one goes on, and its health says which version it found', async () => {
  const link = linkNats(url, 'test', createLogger('test', 'silent'))
  try {
    await expect.poll(() => link.check().catch((error: Error) => error.message)).toBe(FAULT)
  } finally {
    await link.close()
  }
})
