// Between graphql-ws, which knows the protocol, and ws, which knows sockets.
import type { Logger } from '@constellation/platform/log.ts'
import { type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql'
import { CloseCode, type ExecutionResult, type WebSocket as Transport } from 'graphql-ws'
import type { WebSocket } from 'ws'
import { piecesOf, sharing } from './shared-text.ts'

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
  socket.once('close', (code, reason) => {
    closed(code, String(reason)).catch((error: unknown) => log.error({ err: error }, 'a socket did not close cleanly'))
  })
}

export function closeSocket(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, Buffer.from(reason).subarray(0, MAX_REASON))
}

/** Makes what sends a message, and resolves when it has left, so that whoever produces it waits for a slow client. */
function createSend(socket: WebSocket, limits: SlowLimits): (message: string) => Promise<void> {
  const slow: Slow = { socket, limits, timer: undefined, waited: 0 }
  return (message) => {
    const pieces = piecesOf(message)
    if (socket.bufferedAmount > limits.unsentBytes) giveUp(socket)
    if (socket.readyState !== socket.OPEN) return Promise.resolve()
    // A socket that fails tells so by its 'close' too, which ends what runs on it.
    return new Promise((resolve) => {
      const done = () => {
        hasLeft(slow)
        resolve()
      }
      const last = pieces.length - 1
      for (let i = 0; i < last; i++) socket.send(pieces[i] ?? '', { binary: false, fin: false })
      socket.send(pieces[last] ?? '', { binary: false, fin: true }, done)
      if (slow.timer || socket.bufferedAmount === 0) return
      slow.waited = socket.bufferedAmount
      lookLater(slow)
    })
  }
}

/** What is known of a socket for which something waits. */
interface Slow {
  socket: WebSocket
  limits: SlowLimits
  /** Of the next look. */
  timer: NodeJS.Timeout | undefined
  /** How much waited at the last look, in bytes. */
  waited: number
}

function lookLater(slow: Slow): void {
  slow.timer = setTimeout(look, slow.limits.stuckMs, slow)
  slow.timer.unref()
}

/** Looks from time to time whether something was taken, for as long as something waits. */
function look(slow: Slow): void {
  const { socket, waited } = slow
  slow.timer = undefined
  if (socket.bufferedAmount === 0 || socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount >= waited) giveUp(socket)
  else {
    slow.waited = socket.bufferedAmount
    lookLater(slow)
  }
}

/** What has left makes room: what waits now begins anew. */
function hasLeft(slow: Slow): void {
  if (!slow.timer) return
  slow.waited = Number.POSITIVE_INFINITY
  if (slow.socket.bufferedAmount > 0) return
  clearTimeout(slow.timer)
  slow.timer = undefined
}

function giveUp(socket: WebSocket): void {
  closeSocket(socket, TRY_AGAIN_LATER, 'You read too slowly: connect again.')
}

/** A formatted error in the form that graphql-ws sends: its `toJSON` gives the error as it was formatted. */
export function carryError(formatted: GraphQLFormattedError): GraphQLError {
  return Object.assign(new GraphQLError(formatted.message), { toJSON: () => formatted })
}

/** The same for the errors of a result. */
function carryResult({ data, errors, extensions }: FormattedExecutionResult): ExecutionResult {
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
    next: () => results.next().then(carryNext),
    async return() {
      await results.return?.()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

function carryNext({
  done,
  value,
}: IteratorResult<FormattedExecutionResult, FormattedExecutionResult>): IteratorResult<ExecutionResult> {
  return done ? { done, value: undefined } : { done: false, value: sharing(carryResult(value), value) }
}
