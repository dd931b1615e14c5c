// How a job's output is written: as server-sent events, or as it is.
import { once } from 'node:events'
import type { PassThrough } from 'node:stream'
import { problemOf } from '../problem.ts'
import type { LogReader } from './follow-log.ts'

/** How long a client waits before it connects again, in milliseconds. */
const RETRY_MS = 2_000

export interface Writer extends LogReader {
  /** Tells that the log goes on, but not here. */
  fail(error: unknown): void
}

/** The output alone. Where a part is kept no longer, a line says so. */
export function plainText(out: PassThrough, signal: AbortSignal): Writer {
  return {
    log: ({ text }) => write(out, text, signal),
    expired: ({ attempt }) => write(out, `[The output of attempt ${attempt} is kept no longer.]\n`, signal),
    async end() {},
    // An end would look like the end of the log.
    fail: () => out.destroy(),
  }
}

/** Events, and a comment each `heartbeatMs` while there are none. */
export function serverSentEvents(out: PassThrough, signal: AbortSignal, heartbeatMs: number): Writer {
  const heartbeat = setInterval(() => {
    if (!out.writableNeedDrain) out.write(':\n\n')
  }, heartbeatMs)
  signal.addEventListener('abort', () => clearInterval(heartbeat))
  out.write(`retry: ${RETRY_MS}\n\n`)
  return {
    log: (event) => write(out, serverSentEvent('log', event, `${event.attempt}.${event.seq}`), signal),
    expired: (event) => write(out, serverSentEvent('expired', event), signal),
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
