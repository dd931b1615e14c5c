// Bytes that are no HTTP, or half of one, and no frames of a socket.
import { connect } from 'node:net'
import type { Chance } from '../seeded.ts'
import { oddText, spoilt } from './odd-values.ts'

/** An answer to nonsense is welcome and not required; after this the connection is let go, in milliseconds. */
const PATIENCE_MS = 500

/** Bytes for a connection to the gateway. */
export function badBytes(chance: Chance): Buffer {
  const head = chance.pick(HEADS)
  const text = `${head}authorization: Bearer x\r\nx-odd: ${oddText(chance).slice(0, 500)}\r\n\r\n`
  return Buffer.concat([Buffer.from(chance.happens(0.7) ? spoilt(text, chance) : text), garbage(chance)])
}

const HEADS = [
  'GET /jobs HTTP/1.1\r\nhost: x\r\n',
  'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 5\r\n',
  'POST /jobs HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n',
  'GET /graphql HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nsec-websocket-protocol: graphql-transport-ws\r\n',
  'GET /stream HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n',
] as const

function garbage(chance: Chance): Buffer {
  return Buffer.from(Array.from({ length: chance.between(0, 200) }, () => chance.between(0, 255)))
}

/** Sends them on a connection of their own. What came back, which may be nothing. */
export function sendBytes(url: string, bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: false })
    const done = () => {
      clearTimeout(patience)
      socket.destroy()
      resolve(Buffer.concat(parts).toString('latin1'))
    }
    const patience = setTimeout(done, PATIENCE_MS)
    socket.on('data', (part) => parts.push(part))
    // A connection that is reset is an answer too.
    socket.on('error', done)
    socket.on('close', done)
    socket.write(bytes)
  })
}
