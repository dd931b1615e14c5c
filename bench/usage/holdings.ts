// What a benchmark holds is released at its end, however that comes.

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
/** As a shell tells that a program was interrupted. */
const INTERRUPTED = 130

/** Does the work; what it puts into `holdings` is released when it is done, has failed, or is interrupted by a signal. */
export async function withHoldings(work: (holdings: AsyncDisposableStack) => Promise<void>): Promise<void> {
  const holdings = new AsyncDisposableStack()
  const interrupted = Promise.withResolvers<true>()
  for (const signal of SIGNALS) process.once(signal, () => interrupted.resolve(true))
  const working = work(holdings).then(() => false)
  // What fails because it was taken away is no news.
  working.catch(() => undefined)
  let isInterrupted = false
  try {
    isInterrupted = await Promise.race([working, interrupted.promise])
    if (isInterrupted) console.error('Interrupted: what was made is being removed.')
  } finally {
    // Connections that break as their servers end would end this process before the rest is released.
    process.on('uncaughtException', ignore)
    await holdings.disposeAsync()
    process.off('uncaughtException', ignore)
  }
  if (isInterrupted) process.exit(INTERRUPTED)
}

function ignore(): void {}
