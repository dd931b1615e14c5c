// A job's output as it comes, over as many connections as it takes.
import { setTimeout as delay } from 'node:timers/promises'
import type { components } from '../generated/openapi.ts'
import { type ConstellationClient, ProblemError, problemError } from './client.ts'
import { readEvents } from './server-sent-events.ts'

type Schemas = components['schemas']

/** A piece of output, an attempt whose output is kept no longer, or the job's end, after which nothing comes. */
export type LogItem =
  | { type: 'log'; log: Schemas['LogEvent'] }
  | { type: 'expired'; expired: Schemas['LogExpired'] }
  | { type: 'end'; end: Schemas['LogEnd'] }

interface Following {
  /** This attempt alone. */
  attempt?: number
  /** From the piece that holds the beginning of this line on, counted from 0. */
  fromLine?: number
  /** Ends the following. */
  signal?: AbortSignal
}

/** How long it waits before it connects again where the server has said nothing, in milliseconds. */
const PAUSE_MS = 2_000

/**
 * The output from the beginning, or from where it was asked for, and then as it comes, until the job has ended. A
 * connection that breaks is made again behind the last piece: nothing comes twice and nothing is left out.
 * @throws ProblemError where it is refused, such as for a job that is not there; AbortError by the signal
 */
export async function* followLog(
  client: ConstellationClient,
  jobId: string,
  following: Following = {},
): AsyncGenerator<LogItem> {
  let lastId = ''
  let pauseMs = PAUSE_MS
  for (;;) {
    const opened = await open(client, jobId, lastId, following)
    if (opened === 'over') return
    if (opened instanceof ReadableStream) {
      try {
        for await (const { event, data, id, retryMs } of readEvents(opened)) {
          pauseMs = retryMs ?? pauseMs
          // Of what the server says of itself, nobody is told: it is asked again.
          const item = readItem(event, data)
          if (!item) continue
          lastId = id
          yield item
          if (item.type === 'end') return
        }
      } catch (error) {
        if (following.signal?.aborted) throw error
        // The connection broke: what is left comes over another one.
        if (!(error instanceof TypeError)) throw error
      }
    }
    const waitMs = opened instanceof ReadableStream ? pauseMs : (opened.retryAfterMs ?? pauseMs)
    await delay(waitMs, undefined, following.signal && { signal: following.signal })
  }
}

/** The body of an answer; where none can be had now, after how long it is worth asking again, if the server says so. */
async function open(
  client: ConstellationClient,
  jobId: string,
  lastId: string,
  { attempt, fromLine, signal }: Following,
): Promise<ReadableStream<Uint8Array> | 'over' | { retryAfterMs?: number }> {
  try {
    const { data, error, response } = await client.GET('/jobs/{id}/logs', {
      params: {
        path: { id: jobId },
        query: { ...(attempt !== undefined && { attempt }), ...(fromLine !== undefined && { from_line: fromLine }) },
        ...(lastId !== '' && { header: { 'Last-Event-ID': lastId } }),
      },
      headers: { accept: 'text/event-stream' },
      parseAs: 'stream',
      ...(signal && { signal }),
    })
    if (response.status === 204) return 'over'
    if (response.ok) return data ?? {}
    throw problemError(response, error)
  } catch (error) {
    if (signal?.aborted || !passes(error)) throw error
    const seconds = error instanceof ProblemError ? error.retryAfterSeconds : null
    return seconds === null ? {} : { retryAfterMs: seconds * 1_000 }
  }
}

/** `fetch` throws a TypeError where it gets no answer. */
function passes(error: unknown): boolean {
  return error instanceof ProblemError ? [429, 503].includes(error.problem.status) : error instanceof TypeError
}

function readItem(event: string, data: string): LogItem | null {
  switch (event) {
    case 'log':
      return { type: 'log', log: JSON.parse(data) }
    case 'expired':
      return { type: 'expired', expired: JSON.parse(data) }
    case 'end':
      return { type: 'end', end: JSON.parse(data) }
    default:
      return null
  }
}
