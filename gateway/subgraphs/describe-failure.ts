// What became of a request that has no answer.
import { TurnedAway } from '../limits/turnstile.ts'

/** An answer that is longer than is read. */
export class TooLong extends Error {}

/** Nobody listens there, or the place itself is not to be found. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** True where the other side was not there to hear of it. */
export function isUnreachable(error: unknown): boolean {
  return UNREACHABLE.has(codeOf(error))
}

/** True where the connection ended before the answer did. */
export function isClosedConnection(error: unknown): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error))
}

/** For everybody, to go on with 'the jobs service'. */
export function describeFailure(error: unknown): string {
  if (error instanceof TurnedAway) return 'has too much to do'
  if (error instanceof TooLong) return 'answers with too much'
  if (error instanceof Error && error.name === 'TimeoutError') return 'takes too long'
  switch (codeOf(error)) {
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return 'takes too long'
    case 'UND_ERR_RES_EXCEEDED_MAX_SIZE':
      return 'answers with too much'
    default:
      return 'does not answer'
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
