// The main thread's side of the thread that waits for events.
import type { GpuEvent } from '../monitor.ts'
import { CLOSING, type FromEventsThread, type ThreadData } from './messages.ts'
import { startThread } from './thread.ts'

export interface Events {
  close(): Promise<void>
}

/** Resolves when no event is missed any more, or after the limit when the driver does not answer. */
export async function startEvents(
  data: ThreadData,
  timeLimitMs: number,
  tell: (event: GpuEvent) => void,
): Promise<Events> {
  const thread = startThread(new URL('./events-thread.ts', import.meta.url), data)
  const { promise: listening, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, timeLimitMs)
  void thread.ended.then(() => resolve())
  thread.worker.on('message', (message: FromEventsThread) => {
    if (message.type === 'event') tell(message.event)
    else resolve()
  })
  await listening
  clearTimeout(timer)
  return {
    close: async () => {
      Atomics.store(data.control, CLOSING, 1)
      Atomics.notify(data.control, CLOSING)
      await thread.endedWithin(timeLimitMs)
    },
  }
}
