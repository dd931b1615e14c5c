// Speaks to the gateway: typed documents in, typed data out; over HTTP, and over server-sent events for what comes by and by.
import { readEvents } from '@constellation/schema/client/server-sent-events.ts'
import { Failure, failureOf } from '../failure.ts'
import type { TypedDocumentString } from '../generated/documents.ts'

export interface Api {
  /** Without a slash at its end. */
  url: string
  /** @throws Failure where there is no answer, or a refusal */
  ask<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<Result>
  /**
   * The results of one connection, until the server has completed.
   * @throws Failure where it is refused, or the connection is lost: then its kind is `unreachable`
   */
  stream<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    signal: AbortSignal,
  ): AsyncGenerator<Told<Result>>
}

export interface Told<Result> {
  data: Result
  /** Where to go on after this one, where the server says so. */
  cursor: string | null
}

export interface Access {
  url: string
  /** A token that still holds; `refused` is one that the server has just turned away. */
  token(refused?: string): Promise<string>
  /** A stream that says nothing for so long is given up, in milliseconds. */
  silenceMs?: number
}

/** How long an answer may take. */
const ANSWER_MS = 30_000
/** The server says something every 12 seconds, if only that it is there. */
const SILENCE_MS = 30_000

export function openApi({ url, token, silenceMs = SILENCE_MS }: Access): Api {
  const post = async (path: string, accept: string, body: string, signal: AbortSignal): Promise<Response> => {
    const send = (bearer: string) =>
      reach(url, () =>
        fetch(`${url}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept, authorization: `Bearer ${bearer}` },
          body,
          signal,
        }),
      )
    const bearer = await token()
    const answer = await send(bearer)
    if (answer.status !== 401) return answer
    const next = await token(bearer)
    return next === bearer ? answer : await send(next)
  }

  return {
    url,
    async ask(document, variables, signal) {
      const limit = AbortSignal.timeout(ANSWER_MS)
      const body = JSON.stringify({ query: document.toString(), variables })
      const either = signal ? AbortSignal.any([signal, limit]) : limit
      const answer = await post('/graphql', 'application/json', body, either)
      return readAnswer(answer.status, await reach(url, () => answer.text())).data
    },
    async *stream(document, variables, signal) {
      const silence = new AbortController()
      const timer = setTimeout(() => silence.abort(), silenceMs)
      try {
        const body = JSON.stringify({ query: document.toString(), variables })
        const watched = AbortSignal.any([signal, silence.signal])
        const answer = await post('/graphql/stream', 'text/event-stream', body, watched)
        if (!answer.ok || !answer.body) throw readRefusal(answer.status, await answer.text())
        for await (const { event, data } of readEvents(heard(answer.body, timer))) {
          if (event === 'complete') return
          if (event === 'next') yield readResult(data)
        }
      } catch (error) {
        throw error instanceof Failure ? error : lost(url, error)
      } finally {
        clearTimeout(timer)
      }
      throw lost(url)
    },
  }
}

/** The body as it is; each piece of it puts the end off that silence would bring. */
async function* heard(body: ReadableStream<Uint8Array>, timer: NodeJS.Timeout): AsyncGenerator<Uint8Array> {
  for await (const bytes of body) {
    timer.refresh()
    yield bytes
  }
}

/** @throws Failure `unreachable` where there is no answer */
async function reach<T>(url: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    throw lost(url, error)
  }
}

function lost(url: string, cause?: unknown): Failure {
  const reason = Object(Object(cause).cause).code
  const why = typeof reason === 'string' ? ` (${reason})` : ''
  return new Failure(
    'unreachable',
    `${url} could not be reached${why}. Is it running? Name another by --url or CONSTELLATION_URL.`,
    { cause },
  )
}

/** The data is of the document's type because the gateway has checked the document against the same schema. */
function readAnswer(status: number, body: string) {
  const answer = parse(status, body)
  const [error] = Array.from(answer.errors ?? [], Object)
  if (error) throw failureOf(Object(error.extensions).code, String(error.message))
  if (answer.data !== undefined && answer.data !== null) return answer
  throw readRefusal(status, body)
}

function readResult(text: string) {
  const answer = parse(200, text)
  const [error] = Array.from(answer.errors ?? [], Object)
  const code = error && Object(error.extensions).code
  // A token that ends while the stream is open is a link that is lost: the next one has another.
  if (code === 'UNAUTHENTICATED') throw new Failure('unreachable', String(error.message), { code })
  const { data, extensions } = readAnswer(200, text)
  const cursor: unknown = Object(extensions).cursor
  return { data, cursor: typeof cursor === 'string' ? cursor : null }
}

/** What stands in place of an answer: a refusal in the form of GraphQL or of REST, or something of a proxy's. */
function readRefusal(status: number, body: string): Failure {
  const answer = parse(status, body)
  const [error] = Array.from(answer.errors ?? [], Object)
  const message = String(error?.message ?? answer.detail ?? `The server answered with status ${status}.`)
  const code = Object(error?.extensions).code
  if (status === 401) return failureOf('UNAUTHENTICATED', message)
  if (status === 503 || status === 502 || status === 504) return failureOf('UNAVAILABLE', message)
  return failureOf(code ?? (status < 500 ? `HTTP_${status}` : undefined), message)
}

function parse(status: number, body: string) {
  try {
    return Object(JSON.parse(body))
  } catch (cause) {
    throw new Failure('unreachable', `What answers there with status ${status} is no Constellation.`, { cause })
  }
}
