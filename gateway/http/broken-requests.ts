// Answers what is no HTTP that Node can read: such a request reaches no route.
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { HttpProblem, problemOf } from '../rest/problem.ts'

/** Fastify's `clientErrorHandler`: answers as for any other wrong request, and ends the connection. */
export function answerBrokenRequest(error: Error & { code: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, message } = describe(error.code)
  const body = JSON.stringify(problemOf(new HttpProblem(status, message)))
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}

function describe(code: string): { status: number; message: string } {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, message: 'The header is too large.' }
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { status: 413, message: 'The extensions of a chunk are too large.' }
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, message: 'The request did not come whole in time.' }
    case 'HPE_INVALID_METHOD':
      return { status: 400, message: 'HTTP has no such method.' }
    default:
      return { status: 400, message: 'This is no HTTP request.' }
  }
}
