// A map that forgets what was used longest ago, so that nothing from outside can make it grow.

export interface BoundedMap<K, V> {
  /** The value, which is now the one used last. */
  get(key: K): V | undefined
  set(key: K, value: V): void
  /** True where it was there. */
  delete(key: K): boolean
  clear(): void
}

/** A map of at most `limit` entries. */
export function boundedMap<K, V>(limit: number): BoundedMap<K, V> {
  // A Map iterates in the order of insertion, so its first key is the one used longest ago.
  const entries = new Map<K, V>()
  return {
    get(key) {
      const value = entries.get(key)
      if (value === undefined) return undefined
      entries.delete(key)
      entries.set(key, value)
      return value
    },
    set(key, value) {
      entries.delete(key)
      entries.set(key, value)
      if (entries.size <= limit) return
      for (const oldest of entries.keys()) {
        entries.delete(oldest)
        return
      }
    },
    delete: (key) => entries.delete(key),
    clear: () => entries.clear(),
  }
}
