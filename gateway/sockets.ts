// The graph over WebSockets, by the protocol graphql-transport-ws: subscriptions, and queries and mutations too.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { ErrorFormat } from '@constellation/platform/format-error.ts'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { type ExecutionArgs, type GraphQLFormattedError, type GraphQLSchema, getOperationAST } from 'graphql'
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
import { endWithToken } from './auth/end-with-token.ts'
import { bearerToken } from './auth.ts'
import type { Execute } from './graph.ts'
import type { ReadDocument } from './read-document.ts'
import { carry, carryError, carryResult, carryStream, closeSocket } from './socket-transport.ts'
import type { Subscribe } from './subscribe.ts'
import type { Authenticate } from './tokens.ts'

interface SocketOptions {
  authenticate: Authenticate
  schema: () => GraphQLSchema
  readDocument: ReadDocument
  execute: Execute
  subscribe: Subscribe
  errorFormat: ErrorFormat
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
}

const MAX_MESSAGE_BYTES = 65_536
const INIT_LIMIT_MS = 5_000
const MAX_OPERATIONS = 100
/** After this long at the end, sockets that have not said goodbye are cut, in milliseconds. */
const GOODBYE_LIMIT_MS = 1_000

/** Serves sockets. */
export function createSockets(options: SocketOptions): Sockets {
  const protocol = createProtocol(options)
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols,
    perMessageDeflate: false,
  })
  server.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const { headers, socket: connection } = request
    const extra: Extra = { socket, authorization: headers.authorization, address: connection.remoteAddress }
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
  const prepare = createPrepare(options)
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: INIT_LIMIT_MS,
    onConnect: (ctx) => signIn(ctx, options),
    async onSubscribe(ctx, _id, payload) {
      const operation = await prepare(ctx, payload)
      if ('errors' in operation) return operation.errors.map(carryError)
      prepared.set(operation.args, operation.run)
      return operation.args
    },
    execute: run,
    subscribe: run,
  })
}

/** Makes what prepares an operation to run, or tells why it is not run. Subscriptions are opened here already: a refusal is then an error and not a result. */
function createPrepare({ schema, readDocument, execute, subscribe, errorFormat }: SocketOptions) {
  type Prepared = { errors: readonly GraphQLFormattedError[] } | { args: ExecutionArgs; run: Run }

  return async ({ extra, subscriptions }: SocketContext, payload: SubscribePayload): Promise<Prepared> => {
    const { query, operationName, variables } = payload
    const { principal } = extra
    if (!principal) throw new Error('graphql-ws took an operation before the sign-in.')
    if (Object.keys(subscriptions).length > MAX_OPERATIONS) {
      return refusal('CONFLICT', `One socket answers at most ${MAX_OPERATIONS} operations at a time.`)
    }
    const read = readDocument(query, schema())
    if ('errors' in read) return { errors: read.errors.map(errorFormat.formatAny) }
    const operation = getOperationAST(read.document, operationName)
    if (!operation) return refusal('OPERATION_RESOLUTION_FAILURE', 'The document has no such operation.')
    const args: ExecutionArgs = { schema: schema(), document: read.document, operationName: operationName ?? null }
    if (operation.operation !== 'subscription') {
      return {
        args,
        run: async () => carryResult(await execute<Data, Data>(query, variables ?? {}, principal, operationName)),
      }
    }
    const opened = await subscribe({ query, variables, operationName }, principal)
    if ('errors' in opened) return { errors: opened.errors.map(errorFormat.formatAny) }
    return { args, run: () => carryStream(opened.results) }
  }
}

type Data = Record<string, unknown>

function refusal(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] }
}

/** Lets a socket in that shows a token, and ends it with the token. */
async function signIn({ extra, connectionParams }: SocketContext, { authenticate }: SocketOptions): Promise<boolean> {
  const { socket } = extra
  const { token: given, authorization } = connectionParams ?? {}
  const token = typeof given === 'string' ? given : (bearerToken(authorization) ?? bearerToken(extra.authorization))
  try {
    if (token === undefined) throw new ConstellationError('UNAUTHENTICATED', 'Sign in: give a token.')
    const signed = await authenticate(token, extra.address)
    extra.principal = signed.principal
    const stop = endWithToken(signed, (reason) => closeSocket(socket, CloseCode.Forbidden, reason))
    socket.once('close', stop)
    // It may have gone while its token was checked.
    if (socket.readyState === socket.CLOSED) stop()
    return true
  } catch (error) {
    if (!(error instanceof ConstellationError)) throw error
    closeSocket(socket, CloseCode.Unauthorized, error.message)
    return false
  }
}
