// Between graphql-ws, which knows the protocol, and ws, which knows sockets.
import type { Logger } from '@constellation/platform/log.ts'
import { type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql'
import { CloseCode, type ExecutionResult, type WebSocket as Transport } from 'graphql-ws'
import type { WebSocket } from 'ws'
import { piecesOf, sharing } from './shared-text.ts'

/** A socket that does not answer a ping within this is dead, in milliseconds. */
const PING_EVERY_MS = 12_000
/** When a socket is hopeless: tests lower it. */
export interface SlowLimits {
  /** Nothing of what waits was taken for so long, in milliseconds. */
  stuckMs: number
  /** More than this waits. Each subscription waits for its own last message to leave, so it takes many large ones. */
  unsentBytes: number
}

const SLOW_LIMITS: SlowLimits = { stuckMs: 10_000, unsentBytes: 16 * 2 ** 20 }
/** The code that tells a client to connect again later. */
export const TRY_AGAIN_LATER = 1013
/** The protocol's limit on a reason, in bytes. */
const MAX_REASON = 123

type Opened = (code?: number, reason?: string) => Promise<void>

/** Serves one socket with a protocol's `opened`. */
export function carry(
  socket: WebSocket,
  opened: (transport: Transport) => Opened,
  log: Logger,
  limits: SlowLimits = SLOW_LIMITS,
): void {
  const send = createSend(socket, limits)
  // Such as a frame that is too large, which ws answers itself: the client's fault, not ours.
  socket.on('error', (error) => log.debug({ err: error }, 'a socket failed'))
  const closed = opened({
    protocol: socket.protocol,
    send,
    close: (code, reason) => closeSocket(socket, code ?? CloseCode.InternalServerError, reason ?? ''),
    onMessage: (receive) => {
      socket.on('message', (data) => {
        receive(String(data)).catch((error: unknown) => {
          // The one fault of the client that graphql-ws throws and does not answer itself.
          const outOfPlace = error instanceof Error && error.message.startsWith('Unexpected message of type')
          if (outOfPlace) return closeSocket(socket, CloseCode.BadRequest, 'Invalid message received')
          log.error({ err: error }, 'a message over a socket failed')
          closeSocket(socket, CloseCode.InternalServerError, 'Internal error')
        })
      })
    },
  })
  const stopPinging = keepAlive(socket)
  socket.once('close', (code, reason) => {
    stopPinging()
    closed(code, String(reason)).catch((error: unknown) => log.error({ err: error }, 'a socket did not close cleanly'))
  })
}

export function closeSocket(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, Buffer.from(reason).subarray(0, MAX_REASON))
}

/** Makes what sends a message, and resolves when it has left, so that whoever produces it waits for a slow client. */
function createSend(socket: WebSocket, { stuckMs, unsentBytes }: SlowLimits): (message: string) => Promise<void> {
  const giveUp = () => closeSocket(socket, TRY_AGAIN_LATER, 'You read too slowly: connect again.')
  let watch: NodeJS.Timeout | undefined
  let waited = 0

  /** Looks from time to time whether something was taken, for as long as something waits. */
  function look(): void {
    watch = undefined
    if (socket.bufferedAmount === 0 || socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount >= waited) giveUp()
    else {
      waited = socket.bufferedAmount
      watch = setTimeout(look, stuckMs)
    }
  }
  function left(): void {
    // What has left makes room: what waits now begins anew.
    waited = Number.POSITIVE_INFINITY
    if (socket.bufferedAmount > 0) return
    clearTimeout(watch)
    watch = undefined
  }
  socket.once('close', () => clearTimeout(watch))

  return (message) => {
    const pieces = piecesOf(message)
    if (socket.bufferedAmount > unsentBytes) giveUp()
    if (socket.readyState !== socket.OPEN) return Promise.resolve()
    // A socket that fails tells so by its 'close' too, which ends what runs on it.
    return new Promise((resolve) => {
      const done = () => {
        left()
        resolve()
      }
      for (const [i, piece] of pieces.entries()) {
        const fin = i === pieces.length - 1
        socket.send(piece, { binary: false, fin }, () => fin && done())
      }
      if (watch || socket.bufferedAmount === 0) return
      waited = socket.bufferedAmount
      watch = setTimeout(look, stuckMs)
    })
  }
}

function keepAlive(socket: WebSocket): () => void {
  let alive = true
  socket.on('pong', () => {
    alive = true
  })
  const timer = setInterval(() => {
    if (!alive) return socket.terminate()
    alive = false
    if (socket.readyState === socket.OPEN) socket.ping()
  }, PING_EVERY_MS)
  return () => clearInterval(timer)
}

/** A formatted error in the form that graphql-ws sends: its `toJSON` gives the error as it was formatted. */
export function carryError(formatted: GraphQLFormattedError): GraphQLError {
  return Object.assign(new GraphQLError(formatted.message), { toJSON: () => formatted })
}

/** The same for the errors of a result. */
export function carryResult({ data, errors, extensions }: FormattedExecutionResult): ExecutionResult {
  return {
    ...(data !== undefined && { data }),
    ...(errors && { errors: errors.map(carryError) }),
    ...(extensions && { extensions }),
  }
}

/** The same for a stream of results, each of which may go to many sockets. */
export function carryStream(
  results: AsyncIterableIterator<FormattedExecutionResult>,
): AsyncIterableIterator<ExecutionResult> {
  return {
    async next() {
      const { done, value } = await results.next()
      return done ? { done, value: undefined } : { done: false, value: sharing(carryResult(value), value) }
    },
    async return() {
      await results.return?.()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
