// One observer for all elements that want to know whether they are on the screen.
import { onCleanup } from 'solid-js'

const listeners = new WeakMap<Element, (onScreen: boolean) => void>()
let observer: IntersectionObserver | undefined

/** Tells whether the element is on the screen, or nearly, and each time that this changes. */
export function watchOnScreen(element: Element, listen: (onScreen: boolean) => void): void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) listeners.get(entry.target)?.(entry.isIntersecting)
    },
    { rootMargin: '64px' },
  )
  const watched = observer
  listeners.set(element, listen)
  watched.observe(element)
  onCleanup(() => {
    watched.unobserve(element)
    listeners.delete(element)
  })
}
