// The lines that the address names, which makes them a link.
import { useLocation, useNavigate } from '@solidjs/router'
import { type Accessor, createMemo, onCleanup } from 'solid-js'
import { hashOf, type LineRange, rangeAfterClick, rangeOf } from './place.ts'

export interface ChosenLines {
  range: Accessor<LineRange | undefined>
  choose: (line: number, extend: boolean) => void
  /** The address of a line. */
  linkOf: (line: number) => string
  clear: () => void
}

/** The chosen lines of an attempt, for as long as its log is shown. */
export function createChosenLines(attempt: number): ChosenLines {
  const location = useLocation()
  const navigate = useNavigate()
  const range = createMemo(() => rangeOf(location.hash))
  const go = (search: string, hash: string) => {
    const query = search === '' || search.startsWith('?') ? search : `?${search}`
    navigate(`${location.pathname}${query}${hash}`, { replace: true, scroll: false, resolve: false })
  }
  // A link means an attempt's lines, also when there are more attempts later.
  const ofAttempt = () => {
    const query = new URLSearchParams(location.search)
    query.set('attempt', String(attempt))
    return query.toString()
  }
  const [pathname, hash] = [location.pathname, () => location.hash]
  let own = hash()
  const choose = (line: number, extend: boolean) => {
    own = hashOf(rangeAfterClick(range(), line, extend))
    go(ofAttempt(), own)
  }
  onCleanup(() => {
    // The lines of one attempt are not those of another.
    const isStale = location.pathname === pathname && hash() === own && range() !== undefined
    if (isStale) queueMicrotask(() => go(location.search, ''))
  })
  const linkOf = (line: number) => `?${ofAttempt()}${hashOf({ from: line, to: line })}`
  return { range, choose, linkOf, clear: () => go(location.search, '') }
}
