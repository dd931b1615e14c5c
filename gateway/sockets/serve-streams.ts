// The graph over server-sent events, for those whose proxies let no WebSocket through: the protocol graphql-sse in its
// mode of distinct connections, where each operation is a request of its own.
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { ConstellationError } from '@constellation/platform/errors.ts'
import type { ErrorFormat } from '@constellation/platform/subgraph/format-error.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FormattedExecutionResult } from 'graphql'
import type { Presence } from '../limits/presence.ts'
import type { Prepare, Prepared } from '../operations/prepare-operation.ts'
import { HttpProblem } from '../rest/problem.ts'
import { endWithToken } from '../sign-in/end-with-token.ts'
import type { Signed } from '../sign-in/signed.ts'
import { bytesOf } from './shared-text.ts'
import { readStreamOperation } from './stream-operation.ts'

/** Times and limits, which tests lower. */
export interface StreamLimits {
  /** A comment is sent this often, so that no proxy takes a silent stream for a dead one, in milliseconds. */
  heartbeatMs: number
  /** A client that takes nothing for so long is let go, in milliseconds. */
  stuckMs: number
}

const LIMITS: StreamLimits = { heartbeatMs: 12_000, stuckMs: 10_000 }
/** How long a client waits before it connects again, in milliseconds. */
const RETRY_MS = 1_000
/** What may wait in memory for a slow client, in bytes: its source keeps the rest, within limits of its own. */
const BUFFER_BYTES = 65_536

interface Streams {
  /** Ends every stream in a way that tells clients to come back. */
  close(): void
}

/** Serves /graphql/stream. */
export function serveStreams(
  app: FastifyInstance,
  prepare: Prepare,
  presence: Presence,
  errorFormat: ErrorFormat,
  limits: StreamLimits = LIMITS,
): Streams {
  const open = new Set<Stream>()
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql/stream',
    handler: async (request, reply) => {
      requireEventStream(request)
      const { principal, signed } = request
      const operation = readStreamOperation(request)
      const leave = presence.enter('connections', principal.id)
      const stream = openStream(reply, limits)
      open.add(stream)
      stream.out.once('close', () => {
        leave()
        open.delete(stream)
      })
      void send(stream, () => prepare(operation, principal, kindsOf(request)), signed, errorFormat)
      return reply.send(stream.out)
    },
  })
  return {
    close() {
      // Without `complete`: to the client the connection is lost, and it makes another.
      for (const { out } of open) out.end(`retry: ${RETRY_MS}\n\n`)
    },
  }
}

function requireEventStream({ headers }: FastifyRequest): void {
  if (headers.accept?.split(',').some((type) => type.trim().startsWith('text/event-stream'))) return
  throw new HttpProblem(406, 'This answers in text/event-stream alone: say so by the header Accept.')
}

/** What changes something is not done by a mere link. */
function kindsOf({ method }: FastifyRequest) {
  return method === 'GET' ? (['query', 'subscription'] as const) : undefined
}

interface Stream {
  out: PassThrough
  signal: AbortSignal
  /** Resolves when there is room for more; rejects when nobody reads any longer. */
  write(event: string | Buffer): Promise<void>
}

/** The answer's stream. Its end, from whichever side, aborts the signal. */
function openStream(reply: FastifyReply, { heartbeatMs, stuckMs }: StreamLimits): Stream {
  const out = new PassThrough({ highWaterMark: BUFFER_BYTES })
  const gone = new AbortController()
  const { signal } = gone
  const heartbeat = setInterval(() => !out.writableNeedDrain && out.write(':\n\n'), heartbeatMs)
  out.once('close', () => {
    clearInterval(heartbeat)
    gone.abort()
  })
  reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-accel-buffering': 'no' })
  reply.type('text/event-stream; charset=utf-8')
  reply.raw.once('pipe', () => reply.raw.flushHeaders())
  out.write(`retry: ${RETRY_MS}\n\n`)
  return {
    out,
    signal,
    async write(event) {
      signal.throwIfAborted()
      if (out.writableEnded || out.write(event)) return
      const stuck = setTimeout(() => out.destroy(), stuckMs)
      await once(out, 'drain', { signal }).finally(() => clearTimeout(stuck))
    },
  }
}

/** Sends all of an operation's results. It never rejects. */
async function send(
  stream: Stream,
  prepare: () => Promise<Prepared>,
  signed: Signed,
  errorFormat: ErrorFormat,
): Promise<void> {
  const { out, signal, write } = stream
  const end = (error: unknown) => {
    if (out.writableEnded || signal.aborted) return
    out.write(next({ errors: [errorFormat.formatAny(error)] }))
    out.end(COMPLETE)
  }
  const forget = endWithToken(signed, (reason) => end(new ConstellationError('UNAUTHENTICATED', reason)))
  signal.addEventListener('abort', forget)
  try {
    for await (const result of resultsOf(await prepare(), signal)) {
      if (out.writableEnded) return
      await write(next(result))
    }
    if (!out.writableEnded) out.end(COMPLETE)
  } catch (error) {
    end(error)
  } finally {
    forget()
  }
}

/** The results, which end when the signal is aborted. */
async function* resultsOf(prepared: Prepared, signal: AbortSignal): AsyncGenerator<FormattedExecutionResult> {
  if ('errors' in prepared) yield prepared
  else if (prepared.kind !== 'subscription') yield await prepared.answer(signal)
  else {
    const { results } = prepared
    const stop = () => void results.return?.()
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    yield* results
  }
}

const COMPLETE = 'event: complete\ndata:\n\n'
const HEAD = Buffer.from('event: next\ndata: ')
const END = Buffer.from('\n\n')

function next(result: FormattedExecutionResult): Buffer {
  return Buffer.concat([HEAD, bytesOf(result), END])
}
