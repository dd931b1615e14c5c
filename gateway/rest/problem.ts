// Every error of the REST bridge becomes `application/problem+json` (RFC 9457) here, and only here.
import { STATUS_CODES } from 'node:http'
import { ConstellationError, httpStatus, type Problem } from '@constellation/platform/errors.ts'
import type { Logger } from '@constellation/platform/log.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { RETRY_AFTER_SECONDS } from '../http/unavailable.ts'
import type { Shape } from './operations.ts'

/** An answer of HTTP's own that is no success, such as 405 or 422. */
export class HttpProblem extends Error {
  readonly status: number
  readonly problems: readonly Problem[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    more: { problems?: readonly Problem[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message)
    this.name = 'HttpProblem'
    this.status = status
    this.problems = more.problems ?? []
    this.headers = more.headers ?? {}
  }
}

/** Fastify's error handler. What is our own fault is logged. */
export function answerErrors(log: Logger) {
  return (error: unknown, _request: FastifyRequest, reply: FastifyReply): void => {
    const body = problemOf(error)
    if (body.status >= 500) log.error({ err: error }, 'a request failed')
    if (error instanceof HttpProblem) reply.headers(error.headers)
    if (body.status === 401) reply.header('www-authenticate', 'Bearer')
    const retryAfter = retryAfterOf(error, body.status)
    if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
    void reply.code(body.status).type('application/problem+json').send(body)
  }
}

/** In seconds; undefined where trying again would not help. */
function retryAfterOf(error: unknown, status: number): number | undefined {
  if (error instanceof ConstellationError && error.retryAfterSeconds !== undefined) return error.retryAfterSeconds
  return status === 503 ? RETRY_AFTER_SECONDS : undefined
}

/** What a caller is told of an error. What was not written for callers stays inside. */
export function problemOf(error: unknown): Shape['Problem'] {
  if (error instanceof HttpProblem) return problem(error.status, error.message, error.problems)
  if (error instanceof ConstellationError) {
    const detail = error.problems.length > 0 ? 'The request is not as it should be.' : error.message
    return problem(httpStatus(error.code), detail, error.problems)
  }
  const status = statusOf(error)
  if (status === 415)
    return problem(status, 'Send the body as JSON, with the header Content-Type: application/json.', [])
  // Fastify's own faults of a request, such as a body that is no JSON: their texts are for callers.
  if (error instanceof Error && status >= 400 && status < 500) return problem(status, error.message, [])
  return problem(500, 'Something went wrong here.', [])
}

function problem(status: number, detail: string, problems: readonly Problem[]): Shape['Problem'] {
  const errors = problems.map(({ path, message }) => ({ path, message }))
  const title = STATUS_CODES[status] ?? 'Error'
  return { type: 'about:blank', title, status, detail, ...(errors.length > 0 && { errors }) }
}

function statusOf(error: unknown): number {
  const known = typeof error === 'object' && error !== null && 'statusCode' in error && 'code' in error
  if (!known || typeof error.statusCode !== 'number' || typeof error.code !== 'string') return 500
  return error.code.startsWith('FST_') ? error.statusCode : 500
}
