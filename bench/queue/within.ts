// Bounds on how long a part of a benchmark may take.
import { setTimeout as delay } from 'node:timers/promises'

/** The result of the work, or an error that says what took too long. */
export async function withinSeconds<Result>(seconds: number, what: string, work: Promise<Result>): Promise<Result> {
  const timer = new AbortController()
  const late = delay(seconds * 1000, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`${what} took longer than ${seconds} s.`)
  })
  late.catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    timer.abort()
  }
}

/** Looks again and again until there is something; undefined becomes an error when it takes too long. */
export async function waitFor<Result>(
  seconds: number,
  what: string,
  look: () => Promise<Result | undefined>,
): Promise<Result> {
  const deadline = performance.now() + seconds * 1000
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > deadline) throw new Error(`${what} took longer than ${seconds} s.`)
    await delay(LOOK_AGAIN_MS)
  }
}

const LOOK_AGAIN_MS = 20
