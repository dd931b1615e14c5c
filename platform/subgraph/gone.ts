// Whether whoever asked still waits for the answer.
import type { ServerResponse } from 'node:http'

/** Aborted when the connection ends before all of the answer was sent: what only answers may stop then. */
export function goneWith(response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  return gone.signal
}
