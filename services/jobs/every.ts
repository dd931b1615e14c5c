// Something that is done again and again while the service runs.
import type { Logger } from '@constellation/platform/log.ts'

interface Repeated {
  /** Resolves when the last turn has ended. */
  stop(): Promise<void>
}

/**
 * Does `work` each `periodMs`, and again at once where it says that there is more. One turn at a time; a fault is
 * logged as `what`, and the next turn comes all the same.
 */
export function every(periodMs: number, what: string, log: Logger, work: () => Promise<boolean>): Repeated {
  let stopped = false
  const turn = async () => {
    try {
      while (!stopped && (await work()));
    } catch (error) {
      log.warn({ err: error }, `could not ${what}`)
    }
  }
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= turn().finally(() => {
      running = undefined
    })
  }, periodMs)
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
