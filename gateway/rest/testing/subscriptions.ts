// For tests: the subscriptions to a graph in memory, each to a subject such as `log <run id>`, `job <id>` or `jobs`.
import type { Inbox } from '../../live/feeds/inbox.ts'

export function createSubscriptions() {
  const open = new Set<{ subject: string; inbox: Inbox<object> }>()
  const waiting = new Set<() => void>()
  const subjects = () => [...open].map(({ subject }) => subject)

  function tellWaiting(): void {
    for (const check of [...waiting]) check()
  }

  return {
    listen(subject: string, inbox: Inbox<object>): AsyncIterableIterator<object> {
      const entry = { subject, inbox }
      open.add(entry)
      tellWaiting()
      const end = () => {
        open.delete(entry)
        inbox.close()
        tellWaiting()
        return { done: true, value: undefined } as const
      }
      return {
        async next() {
          const value = await inbox.take()
          return value ? { done: false, value } : end()
        },
        return: async () => end(),
        [Symbol.asyncIterator]() {
          return this
        },
      }
    },
    publish(subject: string, event: object): void {
      for (const entry of open) if (entry.subject === subject) entry.inbox.put(event)
    },
    /** What is listened to now. */
    subjects,
    /** Resolves when `isSo` holds of the open subscriptions. */
    when(isSo: (subjects: string[]) => boolean): Promise<void> {
      return new Promise((resolve) => {
        const check = () => {
          if (!isSo(subjects())) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      })
    },
    /** Ends every subscription, as a server that stops does. */
    end(): void {
      for (const { inbox } of open) inbox.close()
    },
  }
}
