// A clock for many watchers: all of the same pace are told at the same time, and none runs while nobody watches.

export interface Ticks {
  /** Tells every so many milliseconds, all listeners by the same object. Returns how to stop that. */
  listen(everyMs: number, listener: (tick: object) => void): () => void
}

interface Clock {
  timer: NodeJS.Timeout
  listeners: Set<(tick: object) => void>
}

/** A clock that runs while somebody listens. */
export function createTicks(): Ticks {
  const clocks = new Map<number, Clock>()

  function start(everyMs: number): Clock {
    const listeners = new Set<(tick: object) => void>()
    const timer = setInterval(() => {
      const tick = {}
      for (const listener of listeners) listener(tick)
    }, everyMs)
    return { timer, listeners }
  }

  return {
    listen(everyMs, listener) {
      const clock = clocks.get(everyMs) ?? start(everyMs)
      clocks.set(everyMs, clock)
      clock.listeners.add(listener)
      return () => {
        if (!clock.listeners.delete(listener) || clock.listeners.size > 0) return
        clearInterval(clock.timer)
        clocks.delete(everyMs)
      }
    },
  }
}
