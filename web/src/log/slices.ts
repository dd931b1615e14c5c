// Work in slices, so that the page answers in between however much there is to do.

/** How long a slice may take, in milliseconds: less than half a frame. */
const SLICE_MS = 6

export interface Slices<Item> {
  push: (item: Item) => void
  stop: () => void
}

/** Does the items in order; `onSlice` is called after each slice. In a tab that is not seen it goes on as well. */
export function inSlices<Item>(perform: (item: Item) => void, onSlice: () => void): Slices<Item> {
  let waiting: Item[] = []
  let done = 0
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    const began = performance.now()
    while (done < waiting.length && performance.now() - began < SLICE_MS) {
      const item = waiting[done++]
      if (item !== undefined) perform(item)
    }
    if (done === waiting.length) {
      waiting = []
      done = 0
    } else port2.postMessage(undefined)
    onSlice()
  }
  return {
    push(item) {
      waiting.push(item)
      if (waiting.length === 1) port2.postMessage(undefined)
    },
    stop() {
      waiting = []
      done = 0
      port1.close()
    },
  }
}
