// What is open for a token's bearer ends with the token.
import type { Signed } from './signed.ts'

/** setTimeout takes no more than this, in milliseconds: some 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Calls `close` once, with the reason, when the token ends or is revoked. Returns how to stop that. */
export function endWithToken({ expiresAt, onRevoked }: Signed, close: (reason: string) => void): () => void {
  let timer: NodeJS.Timeout | undefined
  let unwatch: (() => void) | undefined
  const stop = () => {
    clearTimeout(timer)
    unwatch?.()
  }
  const end = (reason: string) => {
    stop()
    close(reason)
  }
  const arm = () => {
    const left = expiresAt - Date.now()
    if (left <= 0) return end('The token has expired.')
    timer = setTimeout(arm, Math.min(left, LONGEST_TIMER_MS))
  }
  unwatch = onRevoked?.(() => end('The token was revoked.'))
  arm()
  return stop
}
