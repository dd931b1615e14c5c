// One clock for everything on the page that ticks.
import { type Accessor, createContext, createMemo, createRoot, createSignal, onCleanup, useContext } from 'solid-js'

/** Now, in milliseconds since 1970, moved on every second while the page is visible. */
export const now = createRoot(() => {
  const [time, setTime] = createSignal(Date.now())
  const timer = setInterval(() => document.hidden || setTime(Date.now()), 1000)
  onCleanup(() => clearInterval(timer))
  return time
})

/** The same for what is out of sight. */
const SLOW_MS = 10_000
export const slowNow = createRoot(() => createMemo(() => Math.floor(now() / SLOW_MS) * SLOW_MS))

const ClockContext = createContext<Accessor<number>>(now)

/** Has what is below go by another clock. */
export const ClockProvider = ClockContext.Provider

/** The clock that a component is to go by. */
export function useNow(): Accessor<number> {
  return useContext(ClockContext)
}
