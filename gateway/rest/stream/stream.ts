// /stream: jobs as they change, over a WebSocket. The messages and close codes are described in the contract.
import type { IncomingMessage } from 'node:http'
import { ConstellationError, type ErrorCode } from '@constellation/platform/errors.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { type WebSocket, WebSocketServer } from 'ws'
import { type AddressOf, ofConnection } from '../../http/client-address.ts'
import type { AcceptUpgrade } from '../../http/upgrade.ts'
import type { Graph } from '../../operations/graph.ts'
import { endWithToken } from '../../sign-in/end-with-token.ts'
import { bearerToken } from '../../sign-in/require-token.ts'
import type { Authenticate } from '../../sign-in/signed.ts'
import { closeSocket } from '../../sockets/socket-transport.ts'
import { problemOf } from '../problem.ts'
import { sendChanges, type Watching } from './stream-changes.ts'
import { readStreamRequest } from './stream-request.ts'
import { keepAlive, listen, type Said } from './stream-socket.ts'

const MAX_MESSAGE_BYTES = 65_536
/** After this long at the end, sockets that have not said goodbye are cut, in milliseconds. */
const GOODBYE_LIMIT_MS = 1_000

/** Limits that tests lower. */
export interface StreamLimits {
  /** How long a client has to sign in, in milliseconds. */
  signInMs: number
  /** A client that does not answer a ping within this is dropped, in milliseconds. */
  pingMs: number
  /** A client for which more than this waits reads too slowly, in bytes. */
  unsentBytes: number
}

const LIMITS: StreamLimits = { signInMs: 10_000, pingMs: 30_000, unsentBytes: 1_048_576 }

interface StreamOptions {
  graph: Graph
  authenticate: Authenticate
  log: Logger
  /** Whose tokens they are; by the connection, where it is left out. */
  addressOf?: AddressOf
  limits?: Partial<StreamLimits>
}

export interface Stream {
  /** Takes over a request to upgrade. */
  accept: AcceptUpgrade
  /** Ends every socket in a way that tells clients to come back. */
  close(): Promise<void>
}

const CLOSE_CODES: Readonly<Record<ErrorCode, number>> = {
  BAD_USER_INPUT: 4400,
  UNAUTHENTICATED: 4401,
  FORBIDDEN: 4403,
  NOT_FOUND: 4404,
  GONE: 4404,
  PRECONDITION_FAILED: 4400,
  CONFLICT: 4400,
  IDEMPOTENCY_CONFLICT: 4400,
  RATE_LIMITED: 1013,
  UNAVAILABLE: 1013,
}

/** Serves streams. */
export function createStream({ graph, authenticate, log, addressOf = ofConnection, limits }: StreamOptions): Stream {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false })
  const options = { graph, authenticate, log, addressOf, limits: { ...LIMITS, ...limits } }
  return {
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (accepted) => void serve(accepted, request, options))
    },
    async close() {
      const closed = [...server.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve)))
      for (const socket of server.clients) closeSocket(socket, 1001, 'The server stops: connect again.')
      const cut = setTimeout(() => {
        for (const socket of server.clients) socket.terminate()
      }, GOODBYE_LIMIT_MS)
      await Promise.all(closed)
      clearTimeout(cut)
      server.close()
    },
  }
}

type Serving = Required<Omit<StreamOptions, 'limits'>> & { limits: StreamLimits }

/** Serves one socket until it is closed. It never rejects. */
async function serve(
  socket: WebSocket,
  request: IncomingMessage,
  { graph, authenticate, log, addressOf, limits }: Serving,
): Promise<void> {
  // Such as a frame that is too large, which ws answers itself: the client's fault, not ours.
  socket.on('error', (error) => log.debug({ err: error }, 'a stream failed'))
  const gone = new AbortController()
  socket.once('close', () => gone.abort())
  keepAlive(socket, limits.pingMs)
  try {
    // Before anything is awaited, as messages may come at once.
    const said = listen(socket, (error) => refuse(socket, error, log))
    const { token, ...asked } = readStreamRequest(request.url)
    const shown = token ?? bearerToken(request.headers.authorization) ?? (await firstToken(said, limits, gone.signal))
    const signed = await authenticate(shown, addressOf(request))
    said.signedIn()
    const stop = endWithToken(signed, (reason) => closeSocket(socket, CLOSE_CODES.UNAUTHENTICATED, reason))
    if (gone.signal.aborted) stop()
    else gone.signal.addEventListener('abort', stop)
    const { principal } = signed
    await watch(socket, { graph, principal, asked, signal: gone.signal, unsentBytes: limits.unsentBytes })
  } catch (error) {
    if (!gone.signal.aborted) refuse(socket, error, log)
  }
}

async function watch(socket: WebSocket, watching: Watching & { unsentBytes: number }): Promise<void> {
  await sendChanges(watching, (message) => {
    if (socket.bufferedAmount > watching.unsentBytes) {
      throw new ConstellationError('UNAVAILABLE', 'You read too slowly. Connect again.')
    }
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
  })
}

async function firstToken(said: Said, { signInMs }: StreamLimits, signal: AbortSignal): Promise<string> {
  const late = Promise.withResolvers<string>()
  const refusal = new ConstellationError('UNAUTHENTICATED', 'Sign in: give a token.')
  const timer = setTimeout(() => late.reject(refusal), signInMs)
  const onGone = () => late.reject(refusal)
  signal.addEventListener('abort', onGone)
  return await Promise.race([said.token, late.promise]).finally(() => {
    clearTimeout(timer)
    signal.removeEventListener('abort', onGone)
  })
}

/** Says why, and closes. */
function refuse(socket: WebSocket, error: unknown, log: Logger): void {
  if (socket.readyState !== socket.OPEN) return
  const code = error instanceof ConstellationError ? CLOSE_CODES[error.code] : 1011
  if (code === 1011) log.error({ err: error }, 'a stream failed')
  const problem = problemOf(error)
  socket.send(JSON.stringify({ type: 'problem', problem }))
  closeSocket(socket, code, error instanceof ConstellationError ? error.message : problem.detail)
}
