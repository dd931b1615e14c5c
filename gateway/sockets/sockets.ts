// The graph over WebSockets, by the protocol graphql-transport-ws: subscriptions, and queries and mutations too.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { ConstellationError, type ErrorCode } from '@constellation/platform/errors.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Logger } from '@constellation/platform/log.ts'
import type { ExecutionArgs, GraphQLFormattedError } from 'graphql'
import {
  CloseCode,
  type Context,
  handleProtocols,
  makeServer,
  type OperationResult,
  type Server,
  type SubscribePayload,
} from 'graphql-ws'
import { type WebSocket, WebSocketServer } from 'ws'
import { type AddressOf, ofConnection } from '../http/client-address.ts'
import type { Presence } from '../limits/presence.ts'
import { type Prepare, type Prepared, refusal } from '../operations/prepare-operation.ts'
import { endWithToken } from '../sign-in/end-with-token.ts'
import { bearerToken } from '../sign-in/require-token.ts'
import type { Authenticate } from '../sign-in/signed.ts'
import { onlyOne } from './only-one.ts'
import { createPings } from './ping-sockets.ts'
import { carry, carryError, carryStream, closeSocket, TRY_AGAIN_LATER } from './socket-transport.ts'

interface SocketOptions {
  authenticate: Authenticate
  prepare: Prepare
  presence: Presence
  /** Whose tokens they are; by the connection, where it is left out. */
  addressOf?: AddressOf
  log: Logger
}

interface Sockets {
  /** Takes over a request to upgrade. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Ends every socket in a way that tells clients to come back. */
  close(): Promise<void>
}

/** What is known of one socket. */
interface Extra {
  socket: WebSocket
  /** What counts of the request that it began with, which would itself be kept for as long as the socket. */
  authorization: string | undefined
  address: string | undefined
  principal?: Principal
  /** What is subscribed to. graphql-ws itself forgets one whose id is used again before it is open. */
  opened: Set<{ return?(): unknown }>
}

const MAX_MESSAGE_BYTES = 65_536
const INIT_LIMIT_MS = 5_000
const MAX_OPERATIONS = 100
/** Too many sign-ins that failed, or too many connections: to be tried again after a while. 4429 is the protocol's own. */
const TOO_MUCH = 4029
/** After this long at the end, sockets that have not said goodbye are cut, in milliseconds. */
const GOODBYE_LIMIT_MS = 1_000

/** Serves sockets. */
export function createSockets(options: SocketOptions): Sockets {
  const protocol = createProtocol(options)
  const pings = createPings()
  const { addressOf = ofConnection } = options
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols,
    perMessageDeflate: false,
  })
  server.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const { headers } = request
    const opened: Extra['opened'] = new Set()
    const extra: Extra = { socket, authorization: headers.authorization, address: addressOf(request), opened }
    pings.watch(socket)
    socket.once('close', () => {
      for (const results of opened) results.return?.()
    })
    carry(socket, (transport) => protocol.opened(transport, extra), options.log)
  })
  return {
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (accepted) => server.emit('connection', accepted, request))
    },
    async close() {
      const closed = [...server.clients].map((socket) => new Promise((resolve) => socket.once('close', resolve)))
      for (const socket of server.clients) closeSocket(socket, 1012, 'Restarting: come back')
      const cut = setTimeout(() => {
        for (const socket of server.clients) socket.terminate()
      }, GOODBYE_LIMIT_MS)
      await Promise.all(closed)
      clearTimeout(cut)
      pings.stop()
      server.close()
    },
  }
}

type SocketContext = Context<Record<string, unknown>, Extra>
type Run = () => OperationResult

function createProtocol(options: SocketOptions): Server<Extra> {
  // graphql-ws hands back the very arguments that it was given.
  const prepared = new WeakMap<ExecutionArgs, Run>()
  const run = (args: ExecutionArgs): OperationResult => {
    const start = prepared.get(args)
    if (!start) throw new Error('An operation was not prepared.')
    return start()
  }
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: INIT_LIMIT_MS,
    onConnect: (ctx) => signIn(ctx, options),
    async onSubscribe(ctx, _id, payload) {
      const operation = await prepareOn(ctx, payload, options.prepare)
      if ('errors' in operation) return operation.errors.map(carryError)
      prepared.set(operation.args, operation.run)
      return operation.args
    },
    execute: run,
    subscribe: run,
  })
}

/** The arguments that graphql-ws takes, and what runs with them, or why it does not run. */
async function prepareOn(
  { extra, subscriptions }: SocketContext,
  payload: SubscribePayload,
  prepare: Prepare,
): Promise<{ errors: readonly GraphQLFormattedError[] } | { args: ExecutionArgs; run: Run }> {
  const { principal } = extra
  if (!principal) throw new Error('graphql-ws took an operation before the sign-in.')
  if (Object.keys(subscriptions).length > MAX_OPERATIONS) {
    return refusal('CONFLICT', `One socket answers at most ${MAX_OPERATIONS} operations at a time.`)
  }
  const prepared = await prepare(payload, principal)
  if ('errors' in prepared) return prepared
  const { schema, document } = prepared
  const args: ExecutionArgs = { schema, document, operationName: payload.operationName ?? null }
  if (prepared.kind === 'subscription') {
    const results = keepUntilOver(prepared.results, extra)
    return { args, run: () => carryStream(results) }
  }
  const results = keepUntilOver(onlyOne(prepared.answer), extra)
  return { args, run: () => carryStream(results) }
}

type Results = Extract<Prepared, { kind: 'subscription' }>['results']

/** Sees to it that the results end with the socket. */
function keepUntilOver(results: Results, { socket, opened }: Extra): Results {
  const kept: Results = {
    async next() {
      const result = await results.next()
      if (result.done) opened.delete(kept)
      return result
    },
    async return() {
      opened.delete(kept)
      return (await results.return?.()) ?? { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => kept,
  }
  opened.add(kept)
  if (socket.readyState === socket.CLOSED) void kept.return?.()
  return kept
}

/** By which a socket is closed that is not let in. Clients of the protocol hold 4401 for final, and try the others again. */
const SIGN_IN_CODES: Readonly<Partial<Record<ErrorCode, number>>> = {
  RATE_LIMITED: TOO_MUCH,
  CONFLICT: TOO_MUCH,
  UNAVAILABLE: TRY_AGAIN_LATER,
}

/** Lets a socket in that shows a token, and ends it with the token. */
async function signIn(context: SocketContext, { authenticate, presence }: SocketOptions): Promise<boolean> {
  const { extra } = context
  const { socket } = extra
  const token = takeToken(context)
  try {
    if (token === undefined) throw new ConstellationError('UNAUTHENTICATED', 'Sign in: give a token.')
    const signed = await authenticate(token, extra.address)
    // It may have gone while its token was checked.
    if (socket.readyState === socket.CLOSED) return false
    socket.once('close', presence.enter('connections', signed.principal.id))
    extra.principal = signed.principal
    socket.once(
      'close',
      endWithToken(signed, (reason) => closeSocket(socket, CloseCode.Forbidden, reason)),
    )
    return true
  } catch (error) {
    if (!(error instanceof ConstellationError)) throw error
    closeSocket(socket, SIGN_IN_CODES[error.code] ?? CloseCode.Unauthorized, error.message)
    return false
  }
}

/** What the socket shows, which is not kept: neither the memory nor a dump of it needs to have it. */
function takeToken(context: SocketContext): string | undefined {
  const { token, authorization } = context.connectionParams ?? {}
  const given =
    typeof token === 'string' ? token : (bearerToken(authorization) ?? bearerToken(context.extra.authorization))
  Object.assign(context, { connectionParams: {} })
  context.extra.authorization = undefined
  return given
}
