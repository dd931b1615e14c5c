import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../testing/gateway.ts'
import { createAddressOf } from './client-address.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ TRUSTED_PROXIES: ['127.0.0.0/8'] })
})
afterAll(() => gateway.stop())

test.each([
  ['nobody is believed where there is no proxy', [], '203.0.113.7', '127.0.0.1'],
  ['a proxy is believed', ['127.0.0.0/8'], '203.0.113.7', '203.0.113.7'],
  ['what a client says of itself is not', ['127.0.0.0/8'], '198.51.100.1, 203.0.113.7', '203.0.113.7'],
  [
    'one proxy stands behind another',
    ['127.0.0.1', '10.0.0.0/8'],
    '198.51.100.1, 203.0.113.7, 10.1.2.3',
    '203.0.113.7',
  ],
])('%s', async (_, trusted, said, address) => {
  const addressOf = createAddressOf(trusted)
  const server = createServer((request, response) => response.end(addressOf(request)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port }: Pick<AddressInfo, 'port'> = Object(server.address())
  const answer = await fetch(`http://127.0.0.1:${port}`, { headers: { 'x-forwarded-for': said } })
  expect(await answer.text()).toBe(address)
  server.close()
  server.closeAllConnections()
})

test('tokens of one client that do not hold are not held against another behind the same proxy', async () => {
  const ask = async (address: string, token: string) => {
    const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': address }
    return (await fetch(`${gateway.url}/jobs`, { headers })).status
  }
  const tries = Array.from({ length: 400 }, (_, index) => ask('203.0.113.7', `wrong-${index}`))
  expect(await Promise.all(tries)).toContain(429)
  expect(await ask('203.0.113.8', 'wrong')).toBe(401)
})
