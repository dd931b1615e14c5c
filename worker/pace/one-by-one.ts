/**
 * A function that does `work`, never twice at a time. Whoever calls it gets a time that begins after the call, together
 * with all others who called before it began.
 */
export function oneByOne(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  let next: Promise<void> | undefined
  return () => {
    if (next) return next
    const begin = () => {
      next = undefined
      return work()
    }
    next = last.then(begin, begin)
    last = next
    return next
  }
}
