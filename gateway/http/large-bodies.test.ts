import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway

beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.stop())

const PART = 'x'.repeat(2_000_000)

test.each([
  ['of a known length', `Content-Length: ${5 * PART.length}`, (part: string) => part, ''],
  [
    'in chunks',
    'Transfer-Encoding: chunked',
    (part: string) => `${part.length.toString(16)}\r\n${part}\r\n`,
    '0\r\n\r\n',
  ],
])(
  'a body of 10 MB %s is refused, and who sends it to its end is heard again after it',
  async (_, header, frame, end) => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1').setEncoding('utf8')
    let heard = ''
    socket.on('data', (text) => {
      heard += text
    })
    const authorization = `Authorization: Bearer ${await gateway.as('alice')}`
    socket.write(
      `POST /jobs HTTP/1.1\r\nHost: x\r\n${authorization}\r\nContent-Type: application/json\r\n${header}\r\n\r\n`,
    )
    socket.write(frame(PART))
    while (!heard.includes('\r\n\r\n')) await once(socket, 'data')
    expect(heard).toMatch(/^HTTP\/1.1 413 /)
    for (let i = 1; i < 5; i++) socket.write(frame(PART))
    socket.write(`${end}GET /live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    await once(socket, 'close')
    expect(heard).toMatch(/HTTP\/1.1 200 OK/)
  },
)
