// Timers for times that may be far away.

/** setTimeout takes no more than this, in milliseconds: some 24 days. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** Calls back at this time, in milliseconds since 1970: at once where it has passed. Returns how to stop that. */
export function callAt(time: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  const arm = () => {
    const left = time - Date.now()
    if (left <= 0) callback()
    else timer = setTimeout(arm, Math.min(left, LONGEST_TIMER_MS))
  }
  arm()
  return () => clearTimeout(timer)
}
