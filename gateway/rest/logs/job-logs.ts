// /jobs/{id}/logs: a job's output as server-sent events, or as plain text.
import { PassThrough } from 'node:stream'
import type { Principal } from '@constellation/platform/identity.ts'
import type { Logger } from '@constellation/platform/log.ts'
import type { FastifyReply } from 'fastify'
import type { Graph } from '../../operations/graph.ts'
import type { Handlers } from '../operations.ts'
import { problemOf } from '../problem.ts'
import { type Following, followLog, type Position } from './follow-log.ts'
import { type LogRequest, readLogRequest } from './log-request.ts'
import { plainText, serverSentEvents, type Writer } from './log-writers.ts'
import { requireKeptLog } from './logs-kept.ts'
import { type JobWatch, watchJob } from './watch-job.ts'

const HEARTBEAT_MS = 15_000
const LOST_PATIENCE_MS = 10_000
/** What may wait in memory for a slow client, in bytes: one chunk of the largest kind. */
const BUFFER_BYTES = 65_536

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
        const asked = readLogRequest(request.query, request.headers)
        if (asked.isOver) return reply.code(204).send()
        const who = request.principal
        const job = await watchKeptJob(graph, request.params.id, asked, who)
        reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-accel-buffering': 'no' })
        reply.type(asked.plain ? 'text/plain; charset=utf-8' : 'text/event-stream; charset=utf-8')
        if (request.method === 'HEAD') {
          job.stop()
          return reply.send()
        }
        const { out, signal } = openAnswer(reply, job)
        open.add(out)
        out.once('close', () => open.delete(out))
        const writer = asked.plain ? plainText(out, signal) : serverSentEvents(out, signal, heartbeatMs)
        const following = { graph, who, job, attempt: asked.attempt, reader: writer, signal, lostPatienceMs }
        void send(following, asked.from, { out, writer, log })
        return reply.send(out)
      },
    },
    close() {
      for (const out of open) out.destroy()
    },
  }
}

/** @throws ConstellationError NOT_FOUND where there is no such job or attempt, GONE where its output is kept no longer */
async function watchKeptJob(graph: Graph, id: string, asked: LogRequest, who: Principal): Promise<JobWatch> {
  const job = await watchJob(graph, id, who)
  try {
    await requireKeptLog(graph, id, asked, who, job.latest())
    return job
  } catch (error) {
    job.stop()
    throw error
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
