// The address of the page, read and changed.
import { useSearchParams } from '@solidjs/router'
import { type Accessor, createMemo } from 'solid-js'
import { useSearchParam } from '../shared/search.ts'
import { type Address, type Asked, readAddress } from './asked.ts'
import { offeredDimensions } from './who.ts'

/** What the address asks for, as of `now` in milliseconds. */
export function createAsked(now: Accessor<number>): Accessor<Asked> {
  const names = ['account', 'user', 'model', 'range', 'from', 'to', 'by', 'grain', 'measure'] as const
  const params = names.map((name) => [name, useSearchParam(name)] as const)
  return createMemo(() => {
    const address: Address = Object.fromEntries(params.map(([name, value]) => [name, value()]))
    return readAddress(address, offeredDimensions(), now())
  })
}

/** Changes the address: `goTo` so that the browser's Back undoes it, for what leads on; `choose` in place. */
export function useAddress(): { goTo: (change: Address) => void; choose: (change: Address) => void } {
  const [, setSearch] = useSearchParams()
  return {
    goTo: (change) => setSearch(change),
    choose: (change) => setSearch(change, { replace: true }),
  }
}
