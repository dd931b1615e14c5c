import { useLocation } from '@solidjs/router'
import { createEffect, on } from 'solid-js'
import { pageTitle } from './title.ts'

/**
 * Says aloud which page one has come to, and gives `main` the focus where it went away with the page before: the next
 * Tab then leads into the new one.
 */
export function Arrival(props: { main: () => HTMLElement | undefined }) {
  const location = useLocation()
  createEffect(
    on(
      () => location.pathname,
      () => {
        // The page before leaves the document after this effect.
        requestAnimationFrame(() => {
          if (document.activeElement === document.body) props.main()?.focus({ preventScroll: true })
        })
      },
      { defer: true },
    ),
  )
  return (
    <p class="hidden" aria-live="polite">
      {pageTitle()}
    </p>
  )
}
