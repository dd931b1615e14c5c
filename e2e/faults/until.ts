// Waits for what is so, however it comes to be so.
import { setTimeout as delay } from 'node:timers/promises'

const LOOK_MS = 50

/**
 * Resolves when `is` says true; while it throws, it is asked again.
 * @throws Error with what was waited for, after `limitMs`
 */
export async function until(what: string, is: () => boolean | Promise<boolean>, limitMs = 60_000): Promise<void> {
  const deadline = performance.now() + limitMs
  let fault: unknown
  for (;;) {
    try {
      if (await is()) return
      fault = undefined
    } catch (error) {
      fault = error
    }
    if (performance.now() > deadline)
      throw new Error(`In ${limitMs} ms it did not come about that ${what}.`, { cause: fault })
    await delay(LOOK_MS)
  }
}
