// What may go wrong, and the exit code that scripts tell it by.

/** Exit codes; a job that is followed adds its own. */
export const EXIT = {
  done: 0,
  /** A fault that is none of the others. */
  failed: 1,
  /** What was typed cannot be. */
  usage: 2,
  /** Nobody is signed in, or the token is not valid. */
  signedOut: 3,
  /** The server says no: not allowed, not there, or not as it stands. */
  refused: 4,
  /** The server does not answer. */
  unreachable: 5,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const

export type FailureKind = Exclude<keyof typeof EXIT, 'done' | 'interrupted'>

/** An end that is told in a sentence, which says what to do where there is something. */
export class Failure extends Error {
  readonly kind: FailureKind
  /** The server's code, such as `GONE`; null where it is not the server's. */
  readonly code: string | null

  constructor(kind: FailureKind, message: string, options: { code?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'Failure'
    this.kind = kind
    this.code = options.code ?? null
  }
}

/** What was typed is wrong. */
export function misused(message: string): Failure {
  return new Failure('usage', message)
}

/** The failure for an error code of the server's. */
export function failureOf(code: unknown, message: string): Failure {
  const named = typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR'
  if (named === 'UNAUTHENTICATED') {
    return new Failure('signedOut', `${message} Sign in with "constellation login".`, { code: named })
  }
  if (named === 'UNAVAILABLE') return new Failure('unreachable', message, { code: named })
  return new Failure(named === 'INTERNAL_SERVER_ERROR' ? 'failed' : 'refused', message, { code: named })
}

interface Problem {
  path: string
  message: string
}

/** @throws Failure where the server has found something wrong with an input */
export function requireNoProblems(problems: readonly Problem[]): void {
  if (problems.length === 0) return
  const lines = problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
  throw new Failure('refused', lines.join('\n'), { code: 'BAD_USER_INPUT' })
}
