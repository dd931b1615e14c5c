interface Read {
  /** How long it is good where nothing changes. */
  usualMs: number
  /** How long the last reading took. */
  tookMs: number
  /** Whether the ledger has changed since. */
  hasChanged: boolean
}

/**
 * How long what was read of PostgreSQL is good for other questions, in milliseconds since its reading began. Not beyond a
 * change, but where there was much to read, twice as long as that took: PostgreSQL would do nothing else.
 */
export function goodForMs({ usualMs, tookMs, hasChanged }: Read): number {
  const dear = Math.min(2 * tookMs, 8 * usualMs)
  return hasChanged ? dear : Math.max(usualMs, dear)
}
