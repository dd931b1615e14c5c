import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startTestGateway, type TestGateway } from './testing.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ TRUSTED_PROXIES: ['127.0.0.0/8', '10.0.0.0/8'] })
})
afterAll(() => gateway.stop())

/** Tokens that do not hold, until the address is not heard any more. */
async function exhaust(address: string): Promise<void> {
  const statuses = await Promise.all(
    Array.from({ length: 260 }, (_, index) => ask(address, `wrong-${index}`).then(({ status }) => status)),
  )
  expect(statuses).toContain(429)
}

const ask = (address: string, token: string) =>
  fetch(`${gateway.url}/jobs`, { headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': address } })

test('behind a proxy, each client is held to account for its own tokens alone', async () => {
  await exhaust('203.0.113.7')
  expect((await ask('203.0.113.8', 'wrong')).status).toBe(401)
  // What it says of itself before the last proxy is not believed.
  expect((await ask('203.0.113.9, 203.0.113.7, 10.1.2.3', 'wrong')).status).toBe(429)
  const code = (address: string) =>
    new Promise((resolve) => {
      const headers = { authorization: 'Bearer wrong', 'x-forwarded-for': address }
      const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/stream`, { headers })
      socket.once('close', resolve)
    })
  expect(await code('203.0.113.7')).not.toBe(await code('203.0.113.8'))
})
