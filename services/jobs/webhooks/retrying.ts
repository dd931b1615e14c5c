// What follows an attempt that failed: another one, later each time, or the end of it.

const FIRST_PAUSE_SECONDS = 5
const LONGEST_PAUSE_SECONDS = 3_600
/** A message is tried for so long, and a webhook that failed for so long is disabled. */
const DAY_SECONDS = 86_400
/** The receiver says that there is nobody any longer. */
const GONE = 410

interface Failed {
  /** The status that it was answered with; null where it was not answered. */
  status: number | null
  error: string
  /** The attempts at this message, with this one. */
  attempts: number
  /** How long ago the message came to be, in seconds. */
  ageSeconds: number
  /** The webhook's attempts that failed without one between that did not, with this one, and for how long, in seconds. */
  failures: number
  failingSeconds: number
}

interface WhatFollows {
  /** In so many seconds it is tried again; null for never. */
  retryInSeconds: number | null
  /** Why the webhook is disabled, if it is. */
  whyDisabled: string | null
}

/** The decision. `spread`, from 0 to 1, keeps many messages that failed together from coming again together. */
export function afterFailure(
  { status, error, attempts, ageSeconds, failures, failingSeconds }: Failed,
  spread: number,
): WhatFollows {
  if (status === GONE) return { retryInSeconds: null, whyDisabled: 'The receiver answered 410 Gone.' }
  if (failingSeconds >= DAY_SECONDS) {
    const whyDisabled = `For a day no attempt succeeded, ${failures} in all. The last one: ${error}`
    return { retryInSeconds: null, whyDisabled }
  }
  const pause = Math.min(FIRST_PAUSE_SECONDS * 3 ** (attempts - 1), LONGEST_PAUSE_SECONDS)
  const retryInSeconds = pause * (1 + 0.2 * spread)
  return { retryInSeconds: ageSeconds >= DAY_SECONDS ? null : retryInSeconds, whyDisabled: null }
}
