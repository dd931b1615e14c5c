// /jobs/{id}/logs: a job's output as server-sent events, or as plain text.
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { Logger } from '@constellation/platform/log.ts'
import type { FastifyReply } from 'fastify'
import type { Graph } from '../graph.ts'
import { type Following, FROM_THE_BEGINNING, followLog, type LogReader, type Position } from './follow-log.ts'
import type { Handlers } from './operations.ts'
import { problemOf } from './problem.ts'
import { type JobWatch, watchJob } from './watch-job.ts'

const HEARTBEAT_MS = 15_000
const LOST_PATIENCE_MS = 10_000
/** What may wait in memory for a slow client, in bytes: one chunk of the largest kind. */
const BUFFER_BYTES = 65_536
/** How long a client waits before it connects again, in milliseconds. */
const RETRY_MS = 2_000

/** Times that tests shorten, in milliseconds. */
export interface LogTimes {
  heartbeatMs: number
  lostPatienceMs: number
}

interface LogBridge {
  handlers: Handlers<'followJobLogs'>
  /** Ends every answer that is under way, so that clients connect again. */
  close(): void
}

/** Serves logs. */
export function createLogBridge(
  graph: Graph,
  log: Logger,
  { heartbeatMs = HEARTBEAT_MS, lostPatienceMs = LOST_PATIENCE_MS }: Partial<LogTimes> = {},
): LogBridge {
  const open = new Set<PassThrough>()
  return {
    handlers: {
      async followJobLogs(request, reply) {
        const lastEventId = request.headers['last-event-id']
        if (lastEventId === 'end') return reply.code(204).send()
        const who = request.principal
        const job = await watchJob(graph, request.params.id, who)
        const plain = wantsPlainText(request.headers.accept)
        reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-accel-buffering': 'no' })
        reply.type(plain ? 'text/plain; charset=utf-8' : 'text/event-stream; charset=utf-8')
        if (request.method === 'HEAD') {
          job.stop()
          return reply.send()
        }
        const { out, signal } = openAnswer(reply, job)
        open.add(out)
        out.once('close', () => open.delete(out))
        const writer = plain ? plainText(out, signal) : serverSentEvents(out, signal, heartbeatMs)
        const following = { graph, who, job, reader: writer, signal, lostPatienceMs }
        void send(following, positionAfter(lastEventId), { out, writer, log })
        return reply.send(out)
      },
    },
    close() {
      for (const out of open) out.destroy()
    },
  }
}

/** Sends the log to its end. It never rejects. */
async function send(
  following: Following,
  from: Position,
  { out, writer, log }: { out: PassThrough; writer: Writer; log: Logger },
): Promise<void> {
  try {
    await followLog(following, from)
    out.end()
  } catch (error) {
    // A client that went away is no failure.
    if (following.signal.aborted) return
    if (problemOf(error).status >= 500) log.warn({ err: error }, 'a log could be followed no longer')
    writer.fail(error)
  } finally {
    following.job.stop()
  }
}

/** The stream that is sent. Its end, from whichever side, ends the watching and aborts the signal. */
function openAnswer(reply: FastifyReply, job: JobWatch): { out: PassThrough; signal: AbortSignal } {
  const out = new PassThrough({ highWaterMark: BUFFER_BYTES })
  const gone = new AbortController()
  out.once('close', () => {
    gone.abort()
    job.stop()
  })
  // The job may wait long for its first output, and clients wait for headers no longer than some minutes.
  reply.raw.once('pipe', () => reply.raw.flushHeaders())
  return { out, signal: gone.signal }
}

function wantsPlainText(accept: string | undefined): boolean {
  return accept?.includes('text/plain') === true && !accept.includes('text/event-stream')
}

/** The contract's pattern has let the id through. */
function positionAfter(lastEventId: string | undefined): Position {
  if (lastEventId === undefined) return FROM_THE_BEGINNING
  const [attempt = 1, seq = -1] = lastEventId.split('.').map(Number)
  return { attempt, seq }
}

interface Writer extends LogReader {
  /** Tells that the log goes on, but not here. */
  fail(error: unknown): void
}

function plainText(out: PassThrough, signal: AbortSignal): Writer {
  return {
    log: ({ text }) => write(out, text, signal),
    async end() {},
    // An end would look like the end of the log.
    fail: () => out.destroy(),
  }
}

function serverSentEvents(out: PassThrough, signal: AbortSignal, heartbeatMs: number): Writer {
  const heartbeat = setInterval(() => {
    if (!out.writableNeedDrain) out.write(':\n\n')
  }, heartbeatMs)
  signal.addEventListener('abort', () => clearInterval(heartbeat))
  out.write(`retry: ${RETRY_MS}\n\n`)
  return {
    log: (event) => write(out, serverSentEvent('log', event, `${event.attempt}.${event.seq}`), signal),
    end: (event) => write(out, serverSentEvent('end', event, 'end'), signal),
    fail: (error) => out.end(serverSentEvent('problem', problemOf(error))),
  }
}

function serverSentEvent(event: string, data: object, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

/** Resolves when there is room for more; rejects when nobody reads any longer. */
async function write(out: PassThrough, text: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  if (!out.write(text)) await once(out, 'drain', { signal })
}
