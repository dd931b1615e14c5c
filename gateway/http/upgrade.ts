// Who takes over a connection that asks to become a WebSocket.
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { mayOpenSocket } from './browser-safety.ts'

export type AcceptUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** Routes upgrades by path. Pages of other sites are refused: a browser lets them open sockets to anywhere. */
export function routeUpgrades(
  server: Server,
  routes: Readonly<Record<string, AcceptUpgrade>>,
  allowedOrigins: ReadonlySet<string> = new Set(),
): void {
  server.on('upgrade', (request, socket, head) => {
    // Until somebody takes over: a connection that breaks is no fault of ours.
    const onError = () => socket.destroy()
    socket.on('error', onError)
    const [path = ''] = (request.url ?? '').split('?')
    const accept = Object.hasOwn(routes, path) ? routes[path] : undefined
    if (!accept) return refuse(socket, 404)
    if (!mayOpenSocket(request.headers, allowedOrigins)) return refuse(socket, 403)
    socket.off('error', onError)
    accept(request, socket, head)
  })
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    socket.destroy(),
  )
}
