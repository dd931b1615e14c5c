// What a client of /stream says: a token, and pings.
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { WebSocket } from 'ws'

export interface Said {
  /** The token in the first message. It may never come. */
  token: Promise<string>
  /** From here on no token is taken. */
  signedIn(): void
}

/** Listens to the client. `refuse` is called for what it may not say. */
export function listen(socket: WebSocket, refuse: (error: ConstellationError) => void): Said {
  const { promise, resolve } = Promise.withResolvers<string>()
  let isSignedIn = false
  let hasToken = false
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? undefined : readMessage(String(data))
    if (message?.type === 'ping') {
      if (socket.readyState === socket.OPEN) socket.send('{"type":"pong"}')
    } else if (message?.type === 'auth' && !isSignedIn && !hasToken) {
      hasToken = true
      resolve(message.token)
    } else if (isSignedIn) {
      refuse(new ConstellationError('BAD_USER_INPUT', 'The message is not understood.'))
    } else {
      refuse(new ConstellationError('UNAUTHENTICATED', 'Sign in first: {"type": "auth", "token": "…"}.'))
    }
  })
  return {
    token: promise,
    signedIn() {
      isSignedIn = true
    },
  }
}

type Message = { type: 'ping' } | { type: 'auth'; token: string }

function readMessage(text: string): Message | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined // Whoever asked is told that it is not understood.
  }
  if (typeof json !== 'object' || json === null || !('type' in json)) return undefined
  if (json.type === 'ping') return { type: 'ping' }
  if (json.type !== 'auth' || !('token' in json) || typeof json.token !== 'string') return undefined
  return { type: 'auth', token: json.token }
}

/** Pings the client, and drops it when it does not answer until the next ping. */
export function keepAlive(socket: WebSocket, everyMs: number): void {
  let alive = true
  socket.on('pong', () => {
    alive = true
  })
  const timer = setInterval(() => {
    if (!alive) return socket.terminate()
    alive = false
    if (socket.readyState === socket.OPEN) socket.ping()
  }, everyMs)
  socket.once('close', () => clearInterval(timer))
}
