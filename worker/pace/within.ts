/** Waits for something, but no longer than `ms`, or until `signal` is aborted. True when it was done in time. */
export async function within(ms: number, work: Promise<unknown>, signal?: AbortSignal): Promise<boolean> {
  const late = Promise.withResolvers<false>()
  const giveUp = () => late.resolve(false)
  const timer = setTimeout(giveUp, ms)
  signal?.addEventListener('abort', giveUp, { once: true })
  if (signal?.aborted) giveUp()
  try {
    const done = work.then(
      () => true,
      () => false,
    )
    return await Promise.race([done, late.promise])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', giveUp)
  }
}
