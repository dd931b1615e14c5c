// One attempt to deliver a message: a POST that follows no redirect, waits no longer than it may, and reads no more of
// the answer than it must.
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { ADDRESS_REFUSED, allowedLookup, namesForbiddenAddress } from './addresses.ts'

/** No more than this of an answer's body is read, in bytes; then the connection is closed. */
const ANSWER_BYTES = 65_536

export interface Sending {
  /** After so long an attempt has failed, in milliseconds. */
  timeoutMs: number
  /** For a stack on one machine: webhooks may lead to private addresses. */
  allowPrivate: boolean
  /** Aborted when this process stops. */
  stopping: AbortSignal
}

export interface Outcome {
  delivered: boolean
  /** Null where there was no answer. */
  status: number | null
  /** In a sentence, what was wrong; null where it was delivered. */
  error: string | null
}

/** Sends it once. It never rejects. */
export async function attempt(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  sending: Sending,
): Promise<Outcome> {
  // One clock for all of it: a receiver that drips its answer is no better than one that says nothing.
  const signal = AbortSignal.any([AbortSignal.timeout(sending.timeoutMs), sending.stopping])
  try {
    const answer = await post(url, headers, body, sending, signal)
    const status = answer.statusCode ?? 0
    await drain(answer)
    const delivered = status >= 200 && status < 300
    return { delivered, status, error: delivered ? null : describeStatus(status) }
  } catch (error) {
    const why = signal.aborted ? `It did not answer within ${sending.timeoutMs / 1000} s.` : describeError(error)
    return { delivered: false, status: null, error: why }
  }
}

function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  { allowPrivate }: Sending,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { hostname, protocol } = new URL(url)
  // Node looks up names alone.
  if (namesForbiddenAddress(hostname, allowPrivate)) return Promise.reject(new Error(ADDRESS_REFUSED))
  const send = protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      // A connection of its own: one that is kept might lead where a name led before.
      agent: false as const,
      lookup: allowedLookup(allowPrivate),
      signal,
      headers: {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'Constellation',
        ...headers,
      },
    }
    // Not `once`: a connection may fail twice, and the second time nobody else would hear of it.
    send(url, options, resolve).on('error', reject).end(body)
  })
}

/** Lets the receiver finish a short answer. Its status has decided: whatever happens to the rest changes nothing. */
async function drain(answer: IncomingMessage): Promise<void> {
  let left = ANSWER_BYTES
  try {
    for await (const part of answer) {
      left -= part.length
      if (left < 0) break
    }
  } catch {
    // It took too long, or the receiver went away in the middle of it.
  }
  answer.destroy()
}

function describeStatus(status: number): string {
  if (status >= 300 && status < 400) return `It answered ${status}, and redirects are not followed.`
  return `It answered ${status}.`
}

/** Without addresses and ports: they may be what a name leads to inside. */
function describeError(error: unknown): string {
  if (error instanceof Error && error.message === ADDRESS_REFUSED) return ADDRESS_REFUSED
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code === '' ? 'It could not be reached.' : `It could not be reached (${code}).`
}
