import { type Accessor, batch, createSignal, type Signal, untrack } from 'solid-js'

export interface Rows<Item> {
  /** One accessor for each item, the same one as long as the item is shown: its row changes in place. */
  rows: Accessor<readonly Accessor<Item>[]>
  /** The item that is shown under this id. */
  shown: (id: string) => Item | undefined
  show: (items: readonly Item[]) => void
  /** Changes the item that is shown under this id, in place, where there is one. */
  change: (id: string, next: (item: Item) => Item) => void
}

/** Things in a list that are known by their ids. */
export function createRows<Item extends { id: string }>(): Rows<Item> {
  let held = new Map<string, Signal<Item>>()
  const [rows, setRows] = createSignal<readonly Accessor<Item>[]>([], { equals: sameItems })

  const show = (items: readonly Item[]) => {
    const next = new Map<string, Signal<Item>>()
    batch(() => {
      for (const item of items) {
        const row = held.get(item.id) ?? createSignal(item)
        row[1](() => item)
        next.set(item.id, row)
      }
      held = next
      setRows([...next.values()].map(([row]) => row))
    })
  }
  const change = (id: string, next: (item: Item) => Item) => held.get(id)?.[1](next)
  return { rows, show, change, shown: (id) => untrack(() => held.get(id)?.[0]()) }
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index])
}
