// The kinds of error that a caller may meet. Each is mapped once, here, to a GraphQL code and an
// HTTP status; whatever is not one of these is a fault of ours, and its text stays inside.

/** What is wrong with one field of an input; `path` is such as `gpus.count`, or empty for the whole. */
export interface Problem {
  path: string
  message: string
}

const KINDS = {
  /** The input is wrong; `problems` says where. */
  BAD_USER_INPUT: 400,
  /** Nobody is signed in, or the token is not valid. */
  UNAUTHENTICATED: 401,
  /** Somebody is, but may not do this. */
  FORBIDDEN: 403,
  /** There is no such thing, or none that the caller may know of. */
  NOT_FOUND: 404,
  /** The thing is in a state that does not allow it. */
  CONFLICT: 409,
  /** It was there, and is kept no longer. */
  GONE: 410,
  /** It has changed since the caller saw it. */
  PRECONDITION_FAILED: 412,
  /** The idempotency key was used for another input. */
  IDEMPOTENCY_CONFLICT: 422,
  /** The caller asks for more than its share: try again after `retryAfterSeconds`. */
  RATE_LIMITED: 429,
  /** A part of the system does not answer: try again later. */
  UNAVAILABLE: 503,
} as const

export type ErrorCode = keyof typeof KINDS

/** An error whose message is meant for the caller. */
export class ConstellationError extends Error {
  readonly code: ErrorCode
  readonly problems: readonly Problem[]
  /** When it is worth trying again, where that is known. */
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { problems?: readonly Problem[]; retryAfterSeconds?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'ConstellationError'
    this.code = code
    this.problems = options.problems ?? []
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** The error for an input with these problems. */
export function invalidInput(problems: readonly Problem[]): ConstellationError {
  const text = problems.map((p) => (p.path ? `${p.path}: ${p.message}` : p.message)).join('; ')
  return new ConstellationError('BAD_USER_INPUT', text, { problems })
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(KINDS, code)
}

/** The HTTP status of a GraphQL error code; 500 for a code that is not ours. */
export function httpStatus(code: unknown): number {
  return isErrorCode(code) ? KINDS[code] : 500
}
