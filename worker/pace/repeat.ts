// Work that is done again and again.

export interface Repeating {
  /** Does the work now, or once more if it is being done. However often it is called meanwhile, once. */
  wake(): void
  /** Returns when the work is not being done, and will not be again. */
  stop(): Promise<void>
}

/**
 * Does `work` at once, then `periodMs` after it has ended, or when woken. Never twice at a time.
 * A failure goes to `onFault`, and the work goes on.
 */
export function repeat(
  work: () => Promise<void>,
  periodMs: () => number,
  onFault: (error: unknown) => void,
): Repeating {
  let woken = Promise.withResolvers<void>()
  let stopped = false

  const run = async () => {
    while (!stopped) {
      woken = Promise.withResolvers()
      await work().catch(onFault)
      const timer = setTimeout(woken.resolve, periodMs())
      await woken.promise
      clearTimeout(timer)
    }
  }
  const running = run()

  return {
    wake: () => woken.resolve(),
    stop: () => {
      stopped = true
      woken.resolve()
      return running
    },
  }
}
