// A client of the REST API, typed by its contract: `schema/openapi.yaml`.
import createFetchClient, { type Client } from 'openapi-fetch'
import type { components, paths } from '../generated/openapi.ts'

export type ConstellationClient = Client<paths>
export type Problem = components['schemas']['Problem']

interface ClientOptions {
  /** Where the gateway is, such as `http://127.0.0.1:4000`. */
  url: string
  /** The bearer token, or how to get one that still holds: it is asked for with each request. */
  token: string | (() => string | Promise<string>)
  /** In place of the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>
}

/** A client whose calls are the contract's paths: `client.POST('/jobs', { body })`. `answerOf` takes what they answer. */
export function createConstellationClient({ url, token, fetch }: ClientOptions): ConstellationClient {
  const client = createFetchClient<paths>({
    baseUrl: url.replace(/\/+$/, ''),
    // Lists in a query have commas between their items.
    querySerializer: { array: { style: 'form', explode: false } },
    ...(fetch && { fetch }),
  })
  client.use({
    async onRequest({ request }) {
      request.headers.set('authorization', `Bearer ${typeof token === 'string' ? token : await token()}`)
      return request
    },
  })
  return client
}

/** What the server answers in place of what was asked for: `problem.errors` names each field that is wrong. */
export class ProblemError extends Error {
  readonly problem: Problem
  /** After so many seconds it may be tried again, where the server says so. */
  readonly retryAfterSeconds: number | null

  constructor(problem: Problem, retryAfterSeconds: number | null) {
    const fields = problem.errors?.map(({ path, message }) => `${path}: ${message}`) ?? []
    super([problem.detail, ...fields].join('\n'))
    this.name = 'ProblemError'
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The data of an answer. @throws ProblemError where it was refused; whatever `fetch` throws where there was no answer */
export async function answerOf<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Exclude<Data, undefined>>
export async function answerOf(call: Promise<{ data?: unknown; error?: unknown; response: Response }>) {
  const { data, error, response } = await call
  if (response.ok) return data
  throw problemError(response, error)
}

/** The error of an answer that is no success. What is no problem, such as a proxy's page, becomes one. */
export function problemError(response: Response, error: unknown): ProblemError {
  const { status, statusText } = response
  const unknown: Problem = { type: 'about:blank', title: statusText, status, detail: `The server answered ${status}.` }
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new ProblemError(isProblem(error) ? error : unknown, Number.isFinite(seconds) ? seconds : null)
}

function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null || !('status' in value) || !('detail' in value)) return false
  return typeof value.status === 'number' && typeof value.detail === 'string'
}
