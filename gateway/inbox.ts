// Where what happens waits until it is asked for: bounded, and with a reader that can be let go at once.
// (An `async function*` would not do: its return() waits for the next thing to happen.)
import { ConstellationError } from '@constellation/platform/errors.ts'

export interface Inbox<Item> {
  put(item: Item): void
  /** The oldest item, or the next one to come; undefined once closed. One reader at a time. */
  take(): Promise<Item | undefined>
  /** Ends it: what waits in it is dropped, and a waiting reader gets undefined. */
  close(): void
}

/** What happens when more than `limit` items wait: the reader is told and it is over, or the oldest are dropped. */
type Overflow = 'fail' | 'drop-oldest'

/** An empty inbox of at most `limit` items. */
export function createInbox<Item>(limit: number, overflow: Overflow): Inbox<Item> {
  let items: Item[] = []
  let waiting: ((item: Item | undefined) => void) | undefined
  let state: 'open' | 'closed' | 'overflown' = 'open'

  return {
    put(item) {
      if (state !== 'open') return
      if (waiting) {
        const deliver = waiting
        waiting = undefined
        return deliver(item)
      }
      items.push(item)
      if (items.length <= limit) return
      if (overflow === 'drop-oldest') items.shift()
      else {
        state = 'overflown'
        items = []
      }
    },
    async take() {
      if (state === 'overflown')
        throw new ConstellationError(
          'UNAVAILABLE',
          'You read too slowly: more has happened than is kept. Subscribe again.',
        )
      if (state === 'closed') return undefined
      if (items.length > 0) return items.shift()
      return await new Promise((resolve) => {
        waiting = resolve
      })
    },
    close() {
      state = 'closed'
      items = []
      waiting?.(undefined)
      waiting = undefined
    },
  }
}
