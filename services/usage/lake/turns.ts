// Who asks waits for a turn: some at a time, the first who came first. Whoever calls it off leaves the queue.

export interface Turns {
  /**
   * Waits for a turn, and returns what ends it.
   * @throws what `refuse` makes of the reason; the signal's reason where it calls off
   */
  take(signal?: AbortSignal): Promise<() => void>
}

export interface TurnOptions {
  atATime: number
  /** Others wait, at most so many. */
  waiting: number
  /** How long one waits at most, in milliseconds: nobody hears an answer that comes later. */
  waitMs: number
  refuse(reason: 'too many' | 'too long'): Error
}

export function createTurns({ atATime, waiting, waitMs, refuse }: TurnOptions): Turns {
  const queue = new Set<() => void>()
  let running = 0

  /** Whoever ends hands its place on. */
  function end(): void {
    const [next] = queue
    if (next) next()
    else running -= 1
  }

  function inQueue(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const begin = () => {
      leave()
      resolve()
    }
    const callOff = () => {
      leave()
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      leave()
      reject(refuse('too long'))
    }, waitMs)
    const leave = () => {
      clearTimeout(timer)
      queue.delete(begin)
      signal?.removeEventListener('abort', callOff)
    }
    queue.add(begin)
    signal?.addEventListener('abort', callOff)
    return promise
  }

  return {
    async take(signal) {
      signal?.throwIfAborted()
      if (running < atATime) running += 1
      else if (queue.size >= waiting) throw refuse('too many')
      else await inQueue(signal)
      return end
    },
  }
}
