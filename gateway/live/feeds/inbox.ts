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

/**
 * What happens when more than `limit` items wait: the reader is told and it is over, or the oldest are dropped, or of
 * the items with the same key only the newest is kept, until the reader has caught up. When there are more than
 * `limit` keys, the reader is told.
 */
type Overflow<Item> = 'fail' | 'drop-oldest' | ((item: Item) => string)

/** An empty inbox of at most `limit` items. */
export function createInbox<Item>(limit: number, overflow: Overflow<Item>): Inbox<Item> {
  // Most of the time nothing waits, and there may be many thousands of inboxes.
  let items: Waiting<Item> | undefined
  let waiting: ((item: Item | undefined) => void) | undefined
  let state: 'open' | 'closed' | 'overflown' = 'open'

  function keep(item: Item): void {
    items ??= createWaiting<Item>()
    items.push(item)
    if (items.size() <= limit) return
    if (overflow === 'drop-oldest') items.shift()
    else if (overflow !== 'fail') items.coalesce(overflow)
    if (items.size() <= limit) return
    state = 'overflown'
    items = undefined
  }

  return {
    put(item) {
      if (state !== 'open') return
      if (waiting) {
        const deliver = waiting
        waiting = undefined
        return deliver(item)
      }
      keep(item)
    },
    take() {
      if (state === 'overflown') return Promise.reject(readTooSlowly())
      if (state === 'closed') return Promise.resolve(undefined)
      const item = items?.shift()
      if (items?.size() === 0) items = undefined
      if (item !== undefined) return Promise.resolve(item)
      return new Promise((resolve) => {
        waiting = resolve
      })
    },
    close() {
      state = 'closed'
      items = undefined
      waiting?.(undefined)
      waiting = undefined
    },
  }
}

function readTooSlowly(): ConstellationError {
  return new ConstellationError('UNAVAILABLE', 'You read too slowly: more has happened than is kept. Subscribe again.')
}

type Waiting<Item> = ReturnType<typeof createWaiting<Item>>

/** Items in their order. Once coalesced, and until it is empty, of those with one key only the newest is there. */
function createWaiting<Item>() {
  // A Map iterates in the order of insertion, and forgets its first entry at once, where an array moves all the others.
  let items = new Map<string | number, Item>()
  let pushed = 0
  let keyOf: ((item: Item) => string) | undefined

  function push(item: Item): void {
    pushed += 1
    const key = keyOf?.(item) ?? pushed
    items.delete(key)
    items.set(key, item)
  }

  return {
    size: () => items.size,
    push,
    coalesce(key: (item: Item) => string): void {
      if (keyOf) return
      keyOf = key
      const all = items
      items = new Map()
      for (const item of all.values()) push(item)
    },
    shift(): Item | undefined {
      for (const [key, item] of items) {
        items.delete(key)
        if (items.size === 0) keyOf = undefined
        return item
      }
      return undefined
    },
  }
}
