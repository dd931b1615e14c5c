// The main thread's side of the thread that waits for events.
import type { GpuEvent } from '../monitor.ts'
import { CLOSING, type FromEventsThread, type ThreadData } from './messages.ts'
import { startThread, type TimeLimits } from './thread.ts'

export interface Events {
  close(): Promise<boolean>
}

/** Resolves when no event is missed any more, or after the limit when the driver does not answer. */
export async function startEvents(
  data: ThreadData,
  { threadTimeLimitMs }: TimeLimits,
  tell: (event: GpuEvent) => void,
): Promise<Events> {
  const { promise: listening, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, threadTimeLimitMs)
  const hear = (message: FromEventsThread) => {
    if (message.type === 'event') tell(message.event)
    else resolve()
  }
  const thread = startThread(new URL('./events-thread.ts', import.meta.url), data, hear)
  void thread.ended.then(() => resolve())
  await listening
  clearTimeout(timer)
  return {
    close: async () => {
      Atomics.store(data.control, CLOSING, 1)
      Atomics.notify(data.control, CLOSING)
      return thread.endedWithin(threadTimeLimitMs)
    },
  }
}
