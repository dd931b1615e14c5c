// A cache as Apollo wants it, bounded by the number of its entries. Apollo's own are bounded by the size of their
// entries as JSON, and in memory a parsed document or a plan takes many times that: strangers' documents filled a gigabyte.
import { boundedMap } from '../bounded-map.ts'

/** Documents and plans: some five times as many as the page, REST and workers have together. */
export const REMEMBERED_DOCUMENTS = 500

interface CountedCache<Value> {
  get(key: string): Promise<Value | undefined>
  set(key: string, value: Value): Promise<void>
  delete(key: string): Promise<boolean>
  clear(): void
}

/** Keeps the `limit` entries that were used last. */
export function countedCache<Value>(limit: number): CountedCache<Value> {
  const entries = boundedMap<string, Value>(limit)
  return {
    get: async (key) => entries.get(key),
    set: async (key, value) => entries.set(key, value),
    delete: async (key) => entries.delete(key),
    clear: () => entries.clear(),
  }
}
