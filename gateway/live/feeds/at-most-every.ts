// One feed for many listeners, slowed down: all of them get the same event at the same time.
import type { FanOut } from './fan-out.ts'
import type { Listening } from './nats-link.ts'

export interface SlowFeed<Event> {
  listen(listener: (event: Event) => void): Listening
}

/**
 * Passes on what comes on the subject, no two within `periodMs`: an event that comes too early waits for its time, and
 * the last one of those is passed on.
 */
export function atMostEvery<Event>(periodMs: number, feed: FanOut<Event>, subject: string): SlowFeed<Event> {
  const listeners = new Set<(event: Event) => void>()
  let source: Listening | undefined
  let waiting: { event: Event } | undefined
  let timer: NodeJS.Timeout | undefined

  const pass = (event: Event) => {
    timer = setTimeout(passWaiting, periodMs)
    for (const listener of listeners) listener(event)
  }
  const passWaiting = () => {
    timer = undefined
    const next = waiting
    waiting = undefined
    if (next && listeners.size > 0) pass(next.event)
  }
  const hear = (event: Event) => {
    if (timer) waiting = { event }
    else pass(event)
  }

  return {
    listen(listener) {
      listeners.add(listener)
      source ??= feed.listen(subject, hear)
      return {
        ready: source.ready,
        stop() {
          listeners.delete(listener)
          if (listeners.size > 0) return
          source?.stop()
          source = undefined
          clearTimeout(timer)
          timer = undefined
          waiting = undefined
        },
      }
    },
  }
}
