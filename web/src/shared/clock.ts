// One clock for everything on the page that ticks.
import { createRoot, createSignal, onCleanup } from 'solid-js'

/** Now, in milliseconds since 1970, moved on every second while the page is visible. */
export const now = createRoot(() => {
  const [time, setTime] = createSignal(Date.now())
  const timer = setInterval(() => document.hidden || setTime(Date.now()), 1000)
  onCleanup(() => clearInterval(timer))
  return time
})
