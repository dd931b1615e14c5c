import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway

beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.stop())

test.each([
  ['an unknown method', 'NONSENSE / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'HTTP has no such method.'],
  ['no HTTP', '\x16\x03\x01\r\n\r\n', 400, 'HTTP has no such method.'],
  ['a broken header', 'GET / HTTP/1.1\r\nHo st: x\r\n\r\n', 400, 'This is no HTTP request.'],
  ['a large header', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'The header is too large.'],
])('%s is answered as a problem, and the gateway lives on', async (_what, request, status, detail) => {
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
  socket.write(request)
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(head).toMatch(/\r\nContent-Type: application\/problem\+json\r\n/)
  expect(JSON.parse(body)).toMatchObject({ type: 'about:blank', status, detail })
  expect((await fetch(`${gateway.url}/live`)).status).toBe(200)
})

test('a client that leaves in the middle of a broken request does no harm', async () => {
  for (let i = 0; i < 5; i++) {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1')
    await new Promise<void>((resolve) => socket.write('GET / HTTP/1.1\r\nHo st', () => resolve()))
    socket.resetAndDestroy()
  }
  expect((await fetch(`${gateway.url}/live`)).status).toBe(200)
})
