// Work that a service does again and again, whatever becomes of it each time.
import type { Logger } from './log.ts'

export interface Regular {
  /** Returns when the work is not being done, and will not be again. */
  stop(): Promise<void>
}

/** Does `work` every `periodMs`, never twice at a time. A failure is logged as `could not <what>`, and the work goes on. */
export function regularly(periodMs: number, what: string, log: Logger, work: () => Promise<unknown>): Regular {
  const look = async () => {
    try {
      await work()
    } catch (error) {
      log.warn({ err: error }, `could not ${what}`)
    }
  }
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= look().finally(() => {
      running = undefined
    })
  }, periodMs)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}
