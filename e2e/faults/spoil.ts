// For tests: how a good history is spoiled.
import type { History } from './history.ts'

/** Spoils a history; undefined where this one has nothing to spoil. */
export type Spoil = (history: History) => History | undefined

/** The list with the first item that `is` so changed to what `into` makes of it. */
export function change<Item>(
  items: readonly Item[],
  is: (item: Item) => boolean,
  into: (item: Item) => readonly Item[],
) {
  const at = items.findIndex(is)
  const item = items[at]
  return item === undefined ? undefined : [...items.slice(0, at), ...into(item), ...items.slice(at + 1)]
}

export function spoiled<Key extends keyof History>(history: History, key: Key, value: History[Key] | undefined) {
  return value === undefined ? undefined : { ...history, [key]: value }
}

export const withGpu = (line: { gpus: readonly string[] }) => line.gpus.length > 0
