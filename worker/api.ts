// Speaks to the gateway: sends typed documents and answers with typed data.
import { setTimeout as delay } from 'node:timers/promises'
import { ConstellationError, type ErrorCode, isErrorCode } from '@constellation/platform/errors.ts'
import type { Logger } from '@constellation/platform/log.ts'
import { currentWork } from '@constellation/platform/tracing/trace.ts'
import { Agent, request } from 'undici'
import type { TypedDocumentString } from './generated/documents.ts'
import { type Presented, presentToken } from './sign-in/present-token.ts'
import { endOf } from './sign-in/token.ts'

export interface Api {
  /**
   * Sends a document once.
   * @throws ConstellationError; UNAVAILABLE when trying again may help
   */
  send<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables): Promise<Result>
  /**
   * Sends a document until it is answered, for documents that may be sent twice.
   * @throws ConstellationError when the answer is a refusal, or when `signal` ends the trying
   */
  insist<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    signal: AbortSignal,
  ): Promise<Result>
  close(): Promise<void>
}

/** How long an answer may take. */
const TIMEOUT_MS = 10_000
const LARGEST_ANSWER_BYTES = 32 * 2 ** 20
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 1_500
/** A token with less than this left is read again: it is renewed in its file long before its end. */
const READ_AGAIN_MS = 60_000
/** A gateway that is just starting is nothing to report. */
const PATIENCE_MS = 15_000

/** `onToken` hears of each token that is worked with from now on, and what came with it. */
export function openApi(
  gatewayUrl: string,
  tokenFile: string,
  log: Logger,
  onToken: (presented: Presented) => void = () => undefined,
): Api {
  const endpoint = `${gatewayUrl.replace(/\/+$/, '')}/graphql`
  const agent = new Agent({
    connections: 16,
    connectTimeout: TIMEOUT_MS / 2,
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    maxResponseSize: LARGEST_ANSWER_BYTES,
  })
  let token: string | undefined
  let renewing: Promise<Presented> | undefined

  /** The token, and the next one in time. Who asks while one is fetched waits for the same. */
  const current = async () => {
    if (token !== undefined && endOf(token) - Date.now() >= READ_AGAIN_MS) return token
    renewing ??= presentToken(gatewayUrl, tokenFile, agent).finally(() => {
      renewing = undefined
    })
    const presented = await renewing
    if (presented.token !== token) onToken(presented)
    token = presented.token
    return token
  }

  const post = async (body: string, signal: AbortSignal | undefined) => {
    const authorization = `Bearer ${await current()}`
    const traceparent = currentWork()?.traceparent
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization,
      ...(traceparent !== undefined && { traceparent }),
    }
    const answer = await request(endpoint, { method: 'POST', headers, body, dispatcher: agent, signal: signal ?? null })
    return { status: answer.statusCode, body: await answer.body.text() }
  }

  const send = async <Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    signal?: AbortSignal,
  ) => {
    const body = JSON.stringify({ query: document.toString(), variables })
    let answer = await reach(post(body, signal), endpoint)
    if (answer.status === 401) {
      // The token may have been renewed on disk since it was read.
      token = undefined
      answer = await reach(post(body, signal), endpoint)
    }
    return readAnswer<Result>(answer.status, answer.body)
  }

  const insist: Api['insist'] = async (document, variables, signal) => {
    const since = performance.now()
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await send(document, variables, signal)
      } catch (error) {
        if (signal.aborted || !mayHelpToRetry(error)) throw error
        const level = performance.now() - since < PATIENCE_MS ? 'debug' : 'warn'
        log[level]({ err: error }, 'the gateway did not answer; trying again')
        await delay(pause * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined)
        if (signal.aborted) throw error
      }
    }
  }

  return { send: (document, variables) => send(document, variables), insist, close: () => agent.destroy() }
}

async function reach<T>(answer: Promise<T>, endpoint: string): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw new ConstellationError('UNAVAILABLE', `The gateway at ${endpoint} could not be reached.`, { cause: error })
  }
}

/** A document that the gateway does not understand is of no use the second time either. */
function errorCode(code: unknown, status: number): ErrorCode {
  if (isErrorCode(code)) return code
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? 'BAD_USER_INPUT' : 'UNAVAILABLE'
}

interface Answer<Result> {
  data: Result | null
  errors: { message: string; code: unknown }[]
}

/** @throws ConstellationError for whatever is not the data that was asked for */
function readAnswer<Result>(status: number, body: string): Result {
  if (status === 401) throw new ConstellationError('UNAUTHENTICATED', 'The gateway refused the worker’s token.')
  const answer = parseAnswer<Result>(status, body)
  const [error] = answer.errors
  if (error) throw new ConstellationError(errorCode(error.code, status), error.message)
  if (answer.data !== null) return answer.data
  throw new ConstellationError('UNAVAILABLE', `The gateway answered with status ${status} and no data.`)
}

/** The data is of the document's type because the gateway checked the document against the same schema. */
function parseAnswer<Result>(status: number, body: string): Answer<Result> {
  try {
    const { data = null, errors = [] } = JSON.parse(body)
    return { data, errors: Array.from(errors, readError) }
  } catch (error) {
    throw new ConstellationError('UNAVAILABLE', `The gateway answered with status ${status} and no JSON.`, {
      cause: error,
    })
  }
}

function readError(error: unknown): { message: string; code: unknown } {
  const { message, extensions } = Object(error)
  return { message: String(message), code: Object(extensions).code }
}

/** A refusal stays one, but a token may be renewed and a fault may pass. */
function mayHelpToRetry(error: unknown): boolean {
  return !(error instanceof ConstellationError) || error.code === 'UNAVAILABLE' || error.code === 'UNAUTHENTICATED'
}
