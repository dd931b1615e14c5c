// One question for all who ask at the same time, whose answer is never older than the asking.

/**
 * `ask`, shared: who calls while it is under way waits for the next round, together with all others who do. So each answer
 * is of a moment after the call, and at most one round is under way.
 */
export function inRounds<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let running: Promise<unknown> = Promise.resolve()
  let next: Promise<Answer> | undefined
  const begin = () => {
    next = undefined
    return ask()
  }
  return () => {
    if (!next) {
      next = running.then(begin, begin)
      running = next
    }
    return next
  }
}
