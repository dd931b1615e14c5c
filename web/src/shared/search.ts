import { useSearchParams } from '@solidjs/router'
import type { Accessor } from 'solid-js'

/** One parameter of the address's query, the first where it stands there more than once; undefined where it does not. */
export function useSearchParam(name: string): Accessor<string | undefined> {
  const [search] = useSearchParams()
  return () => {
    const value = search[name]
    return Array.isArray(value) ? value[0] : value
  }
}
