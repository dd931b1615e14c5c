// What a request for /jobs/{id}/logs asks for. The contract has let its parts through.
import type { Position } from './follow-log.ts'

export interface LogRequest {
  from: Position
  /** This attempt alone. */
  attempt: number | undefined
  plain: boolean
  /** The client has had the end. */
  isOver: boolean
}

export function readLogRequest(
  { attempt, from_line: fromLine = 0 }: { attempt?: number; from_line?: number },
  headers: { accept?: string | undefined; 'last-event-id'?: string },
): LogRequest {
  const { accept, 'last-event-id': lastEventId = '' } = headers
  const [lastAttempt = 0, seq = -1] = lastEventId.includes('.') ? lastEventId.split('.').map(Number) : []
  const first = attempt ?? 1
  const hasSome = lastAttempt >= first && (attempt === undefined || lastAttempt === attempt)
  return {
    // A client that connects again sends the same line as before, and has passed it if it had an attempt's piece.
    from: hasSome ? { attempt: lastAttempt, seq, fromLine: 0 } : { attempt: first, seq: -1, fromLine },
    attempt,
    plain: accept?.includes('text/plain') === true && !accept.includes('text/event-stream'),
    isOver: lastEventId === 'end',
  }
}
