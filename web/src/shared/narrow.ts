import { createRoot, createSignal } from 'solid-js'

/** True on screens too narrow for many columns. Read by components that would else draw everything twice. */
export const narrow = createRoot(() => {
  const query = matchMedia('(max-width: 60rem)')
  const [matches, setMatches] = createSignal(query.matches)
  query.addEventListener('change', () => setMatches(query.matches))
  return matches
})
